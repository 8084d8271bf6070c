// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { keepShown, useShown } from '~/ui/keepShown';

afterEach(cleanup);

const answers = (answer: unknown) => ({ serverLoader: () => Promise.resolve(answer) as Promise<never> });
const fails = (thrown: unknown) => ({ serverLoader: () => Promise.reject(thrown as Error) });
const cut = new TypeError('Failed to fetch');

describe('what stands around pages and is read again', () => {
  test('is what is answered; without an answer it is what is shown', async () => {
    const load = keepShown('frame');
    const page = renderHook(({ data }) => useShown('frame', data), { initialProps: { data: 'first' } });
    expect(page.result.current).toBe('first');
    expect(await load(fails(cut))).toBe('first');
    expect(await load(answers('second'))).toBe('second');
    page.rerender({ data: 'second' });
    expect(await load(fails(cut))).toBe('second');
  });

  test('is not kept for a page that is left, nor for another one', async () => {
    const load = keepShown('frame');
    await expect(load(fails(cut))).rejects.toBe(cut);
    const page = renderHook(() => useShown('frame', 'shown'));
    await expect(keepShown('other')(fails(cut))).rejects.toBe(cut);
    page.unmount();
    await expect(load(fails(cut))).rejects.toBe(cut);
  });

  test('says no where the server says no: a redirect, or who is signed out', async () => {
    renderHook(() => useShown('frame', 'shown'));
    for (const status of [302, 401, 500]) {
      const answer = new Response(null, { status });
      await expect(keepShown('frame')(fails(answer))).rejects.toBe(answer);
    }
  });
});
