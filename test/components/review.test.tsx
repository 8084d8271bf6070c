// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { instant } from '~/core/values/instant';
import { ConflictPage } from '~/ui/program/ConflictPage';
import { EarnPage } from '~/ui/program/earn/EarnPage';
import type { ServerDraft } from '~/ui/program/programContext';
import { ReviewPage } from '~/ui/program/review/ReviewPage';
import type { Apart } from '~/ui/program/useEditing';
import { VersionsPage } from '~/ui/program/versions/VersionsPage';
import type { DraftEffects } from '~/views/draftEffects';
import { bonus, program } from 'test/support/builders';
import { MerchantApp } from 'test/support/merchantApp';
import { openProgram, retype } from 'test/support/programPages';

const shop = { currency: 'EUR', today: '2026-11-27', medianYearMinor: null };
const nothing: DraftEffects = {
  revision: 7,
  tiers: null,
  codes: 0,
  ending: 0,
  takes: false,
  isEstimate: false,
  kept: [],
};
const draftOf = (document: ProgramDocument, part: Partial<ServerDraft> = {}): ServerDraft => ({
  ...{ revision: 7, basedOn: 1, document, savedAt: 0, isOwn: true, scheduledFor: null, failure: null },
  ...part,
});
const twice = program({ rate: [2, 100] });
const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const isOff = (name: string): boolean => button(name).getAttribute('aria-disabled') === 'true';

afterEach(cleanup);

describe('the review of a draft', () => {
  const review = (effects: DraftEffects, draft: ServerDraft | null = draftOf(twice)) =>
    openProgram(<ReviewPage shop={shop} effects={effects} onPublished={() => undefined} />, { draft });

  test('says what changes, and publishes the draft that was seen', async () => {
    const { user, wishes } = review(nothing);
    screen.getByText('1 change since version 1');
    expect(screen.queryByText('What changes for members at once')).toBeNull();
    await user.click(button('Publish now'));
    expect(wishes).toEqual([{ intent: 'publish', revision: 7 }]);
  });

  test('what it takes from members is counted, and agreed to with a tick before it is published', async () => {
    const takes = { ...nothing, tiers: { up: 1, down: 3 }, ending: 20, takes: true };
    const { user, wishes } = review(takes);
    screen.getByText('What changes for members at once');
    expect(isOff('Publish now')).toBe(true);
    await user.click(button('Publish now'));
    expect(wishes).toEqual([]);
    screen.getByText(/^3 members move down a tier at once. The points of 20 members get an end.$/);
    await user.click(screen.getByLabelText('I know that this takes something from members.'));
    await user.click(button('Publish now'));
    expect(wishes).toEqual([{ intent: 'publish', revision: 7 }]);
  });

  test('a tick is for the draft that was seen: of another one it is asked anew', async () => {
    const takes = { ...nothing, takes: true };
    const page = <ReviewPage shop={shop} effects={takes} onPublished={() => undefined} />;
    const tick = () => screen.getByLabelText<HTMLInputElement>('I know that this takes something from members.');
    const { user, wishes, show } = openProgram(page, { draft: draftOf(twice) });
    await user.click(tick());
    expect([tick().checked, isOff('Publish now')]).toEqual([true, false]);
    const after = { ...takes, revision: 8 };
    const next = <ReviewPage shop={shop} effects={after} onPublished={() => undefined} />;
    show(next, draftOf(program({ rate: [3, 100] }), { revision: 8 }));
    expect([tick().checked, isOff('Publish now')]).toEqual([false, true]);
    await user.click(button('Publish now'));
    expect(wishes).toEqual([]);
    await user.click(tick());
    await user.click(button('Publish now'));
    expect(wishes).toEqual([{ intent: 'publish', revision: 8 }]);
  });

  test('what was counted for an older draft says nothing of this one, and does not let it be published', () => {
    review({ ...nothing, revision: 6, ending: 20 });
    expect(screen.queryByText('What changes for members at once')).toBeNull();
    expect(isOff('Publish now')).toBe(true);
  });

  test('what does not go together is read again, once, until it does; then it can be published', () => {
    const onStale = vi.fn();
    const of = (revision: number) => (
      <ReviewPage shop={shop} effects={{ ...nothing, revision }} onPublished={() => undefined} onStale={onStale} />
    );
    const { show } = openProgram(of(6), { draft: draftOf(twice) });
    expect([onStale.mock.calls.length, isOff('Publish now')]).toEqual([1, true]);
    show(of(6), draftOf(twice));
    expect(onStale).toHaveBeenCalledTimes(1);
    // Somebody saved once more.
    show(of(7), draftOf(twice, { revision: 8 }));
    expect([onStale.mock.calls.length, isOff('Publish now')]).toEqual([2, true]);
    show(of(8), draftOf(twice, { revision: 8 }));
    expect([onStale.mock.calls.length, isOff('Publish now')]).toEqual([2, false]);
  });

  test('a time needs its day; it is sent as the shop’s own clock says it', async () => {
    const { user, wishes } = review(nothing);
    expect(isOff('Publish at that time')).toBe(true);
    await user.type(screen.getByLabelText('Day'), '2026-12-24');
    await retype(user, screen.getByLabelText('Time'), '18:30');
    await user.click(button('Publish at that time'));
    expect(wishes).toEqual([{ intent: 'schedule', revision: 7, day: '2026-12-24', time: '18:30' }]);
  });

  test('what publishes itself at a time is neither published nor discarded here', () => {
    review(nothing, draftOf(twice, { scheduledFor: Date.parse('2026-12-24T17:30:00Z') }));
    for (const name of ['Publish now', 'Discard the draft', 'Publish at that time'])
      expect(screen.queryByRole('button', { name })).toBeNull();
    expect(screen.queryByLabelText('Day')).toBeNull();
  });

  test('with something wrong it lists it, and cannot be published', () => {
    const wrong = {
      ...twice,
      earning: { ...twice.earning, rates: [{ currency: 'EUR', points: 0, amountMinor: 100 }] },
    };
    review(nothing, draftOf(wrong));
    screen.getByText('There is an error: fix it, then publish');
    screen.getByText(/At least 1 point, for example 10 points\./);
    expect(isOff('Publish now')).toBe(true);
  });

  test('a rule that is on and names a product that is gone holds it up; one that is off does not', async () => {
    const naming = (enabled: boolean) =>
      program({
        earning: {
          bonuses: [bonus({ id: 'tea', times: 2, enabled, conditions: [{ kind: 'product', productIds: ['31'] }] })],
        },
      });
    const gone = { product: [], collection: [], variant: [] };
    for (const enabled of [true, false]) {
      openProgram(<ReviewPage shop={shop} effects={nothing} onPublished={() => undefined} />, {
        draft: draftOf(naming(enabled)),
        readThings: () => Promise.resolve(gone),
      });
      await screen.findByText('Some rules name what is not in the shop any more');
      expect(isOff('Publish now')).toBe(enabled);
      cleanup();
    }
  });

  test('edits that are not saved are not published', async () => {
    const { user } = openProgram(
      <>
        <EarnPage />
        <ReviewPage shop={shop} effects={nothing} onPublished={() => undefined} />
      </>,
      { draft: draftOf(twice) },
    );
    await retype(user, screen.getByLabelText('Points'), '3');
    screen.getByText('Save or discard your changes first.');
    expect(['Publish now', 'Discard the draft'].map(isOff)).toEqual([true, true]);
  });

  test('without a draft there is nothing to publish', () => {
    review(nothing, null);
    screen.getByText('There is no draft: everything is published already.');
    expect(screen.queryByRole('button', { name: 'Publish now' })).toBeNull();
  });
});

describe('the versions', () => {
  const versions = [
    { version: 2, publishedAt: instant(2_000), by: 'staff:1' },
    { version: 1, publishedAt: instant(1_000), by: 'staff:1' },
  ];
  const open = (number: number, document: ProgramDocument, draft: ServerDraft | null = null) =>
    openProgram(<VersionsPage versions={versions} replaced={[]} seen={{ kind: 'version', number, document }} />, {
      draft,
    });

  test('one is compared with what is in force, and becomes the draft in place of the one that was seen', async () => {
    const { user, wishes } = open(2, twice, draftOf(twice));
    screen.getByText('Compared with version 1:');
    await user.click(button('Make it the draft'));
    expect(wishes).toEqual([{ intent: 'restore', what: { kind: 'version', number: 2 }, seen: 7 }]);
  });

  test('the one in force is only looked at', () => {
    open(1, program());
    screen.getByText('This is the version in force.');
    expect(screen.queryByRole('button', { name: 'Make it the draft' })).toBeNull();
  });

  test('none takes the place of a draft that publishes itself', () => {
    open(2, twice, draftOf(twice, { scheduledFor: 5_000 }));
    expect(isOff('Make it the draft')).toBe(true);
  });
});

describe('your changes are still here', () => {
  const base = program();
  const held = (days: number, rate: number) => program({ rate: [rate, 100], earning: { holdDays: days } });

  test('what only one changed is kept; what both changed is chosen, and then it is saved together', async () => {
    const saved: ProgramDocument[] = [];
    const apart: Apart = {
      ...{ kind: 'draft', of: 'edits', isOwn: false, at: 0, base },
      ...{ theirs: held(0, 2), mine: held(14, 3) },
      together: (merged) => void saved.push(merged),
      discard: () => undefined,
    };
    const user = userEvent.setup();
    render(<ConflictPage apart={apart} version={1} busy={false} />, { wrapper: MerchantApp });
    screen.getByText('Choose once more, then you can save.');
    expect(isOff('Save together')).toBe(true);
    const choice = within(screen.getByRole('group'));
    await user.click(choice.getAllByRole('radio')[0] as HTMLElement);
    await user.click(button('Save together'));
    expect(saved).toEqual([held(14, 2)]);
  });
});
