// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { act } from 'react';
import { expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { useProgramDraft, type Saved } from '~/ui/program/useProgramDraft';
import { program } from 'test/support/builders';

const inForce = (version: number, points: number): Saved => ({
  revision: null,
  basedOn: version,
  document: program({ rate: [points, 100] }),
});

test('a save that left no draft does not make what another publishes later mine', () => {
  const draft: Saved = { revision: 1, basedOn: 1, document: program({ rate: [2, 100] }) };
  const { result, rerender } = renderHook(
    ({ server, saved }: { server: Saved; saved: number | null | undefined }) => useProgramDraft(server, saved),
    { initialProps: { server: draft, saved: undefined as number | null | undefined } },
  );
  const type = (points: number): void => act(() => result.current.change(program({ rate: [points, 100] })));
  // Back to what is in force: saving it leaves no draft.
  type(1);
  act(() => void result.current.sending(result.current.document));
  rerender({ server: inForce(1, 1), saved: null });
  expect([result.current.apart, result.current.changed]).toEqual([false, false]);
  type(5);
  rerender({ server: inForce(2, 3), saved: null });
  expect(result.current.apart).toBe(true);
  expect(result.current.seen.basedOn).toBe(1);
});

test('a save whose answer was lost is known again, and what was typed since stands on top of it', () => {
  const { result, rerender } = renderHook(({ server }: { server: Saved }) => useProgramDraft(server, undefined), {
    initialProps: { server: inForce(1, 1) },
  });
  const change = (document: ProgramDocument): void => act(() => result.current.change(document));
  const lost = program({ rate: [2, 100] });
  change(lost);
  act(() => void result.current.sending(result.current.document));
  const more = program({ rate: [2, 100], earning: { holdDays: 9 } });
  change(more);
  act(() => void result.current.sending(result.current.document));
  rerender({ server: { revision: 1, basedOn: 1, document: lost } });
  expect([result.current.apart, result.current.changed, result.current.seen.revision]).toEqual([false, true, 1]);
  expect(result.current.document).toEqual(more);
  // What somebody else saved is not.
  rerender({ server: { revision: 2, basedOn: 1, document: program({ rate: [7, 100] }) } });
  expect([result.current.apart, result.current.seen.revision]).toEqual([true, 1]);
});
