import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesOf } from '~/core/program/changes';
import { defaultDocument } from '~/core/program/defaults';
import type { ProgramDocument } from '~/core/program/document';
import { conflictKey, mergeDocuments } from '~/core/program/merge';

const base = defaultDocument('EUR', 'Europe/Rome');
const withEarning = (part: Partial<ProgramDocument['earning']>): ProgramDocument => ({
  ...base,
  earning: { ...base.earning, ...part },
});
const withReward = (index: number, part: object): ProgramDocument => ({
  ...base,
  rewards: base.rewards.map((reward, at) => (at === index ? ({ ...reward, ...part } as typeof reward) : reward)),
});
const rate = (points: number, amountMinor: number) => [{ currency: 'EUR', points, amountMinor }];
const [five, chosen] = base.rewards;
if (five === undefined || chosen === undefined) throw new Error('the default program has two rewards');

describe('two people change one program', () => {
  test('fields that only one of them touched are both kept', () => {
    const merged = mergeDocuments(base, withEarning({ rates: rate(2, 100) }), withEarning({ holdDays: 14 }));
    expect(merged.conflicts).toEqual([]);
    expect(merged.document.earning).toMatchObject({ rates: rate(2, 100), holdDays: 14 });
    expect(merged.theirs).toEqual([{ path: ['earning', 'rates', 'EUR', 'points'], before: 1, after: 2 }]);
    expect(merged.mine).toEqual([{ path: ['earning', 'holdDays'], before: 0, after: 14 }]);
  });
  test('what both set to the same is no conflict', () => {
    const same = withEarning({ holdDays: 7 });
    expect(mergeDocuments(base, same, same)).toMatchObject({ document: same, conflicts: [] });
  });
  test('a field that both set differently is asked about, and is theirs until mine is chosen', () => {
    const [theirs, mine] = [withEarning({ holdDays: 7 }), withEarning({ holdDays: 14 })];
    const asked = mergeDocuments(base, theirs, mine);
    expect(asked.document.earning.holdDays).toBe(7);
    expect(asked.conflicts).toEqual([
      {
        path: ['earning', 'holdDays'],
        theirs: [{ path: ['earning', 'holdDays'], before: 0, after: 7 }],
        mine: [{ path: ['earning', 'holdDays'], before: 0, after: 14 }],
      },
    ]);
    expect(mergeDocuments(base, theirs, mine, { 'earning.holdDays': 'mine' }).document.earning.holdDays).toBe(14);
  });
  test('half of one price and half of another are never put together', () => {
    const merged = mergeDocuments(base, withEarning({ rates: rate(2, 100) }), withEarning({ rates: rate(1, 1000) }));
    expect(merged.conflicts.map(conflictKey)).toEqual(['earning.rates.EUR.points+amountMinor']);
    expect(merged.document.earning.rates).toEqual(rate(2, 100));
    const mine = mergeDocuments(base, withReward(0, { points: 150 }), withReward(0, { amountMinor: 1000 }), {
      'rewards.five-off.points+amountMinor': 'mine',
    });
    expect(mine.document.rewards[0]).toMatchObject({ points: 100, amountMinor: 1000 });
  });
  test('rewards are matched by their ids: one added by each, one changed, all are there', () => {
    const theirs = { ...base, rewards: [{ ...five, id: 'theirs' }, ...base.rewards] };
    const mine = {
      ...withReward(1, { validDays: 60 }),
      rewards: [five, { ...chosen, validDays: 60 }, { ...five, id: 'mine' }],
    };
    const merged = mergeDocuments(base, theirs, mine);
    expect(merged.conflicts).toEqual([]);
    expect(merged.document.rewards.map(({ id }) => id)).toEqual(['theirs', 'five-off', 'as-you-like', 'mine']);
    expect(merged.document.rewards[2]).toMatchObject({ validDays: 60 });
  });
  test('a reward that one removed and the other changed is asked about', () => {
    const merged = mergeDocuments(base, { ...base, rewards: [chosen] }, withReward(0, { validDays: 5 }));
    expect(merged.conflicts.map(conflictKey)).toEqual(['rewards.five-off']);
    expect(merged.document.rewards.map(({ id }) => id)).toEqual(['as-you-like']);
    const kept = mergeDocuments(base, { ...base, rewards: [chosen] }, withReward(0, { validDays: 5 }), {
      'rewards.five-off': 'mine',
    });
    expect(kept.document.rewards.find(({ id }) => id === 'five-off')).toMatchObject({ validDays: 5 });
  });
  test('a removal by one and a change elsewhere by the other both stand', () => {
    const merged = mergeDocuments(base, { ...base, rewards: [chosen] }, withEarning({ holdDays: 3 }));
    expect(merged).toMatchObject({ conflicts: [], document: { earning: { holdDays: 3 }, rewards: [chosen] } });
  });
  test('who moved members of a list decides their order; both, and differently: asked about', () => {
    const moved = { ...base, rewards: [chosen, five] };
    expect(mergeDocuments(base, moved, withReward(0, { validDays: 9 })).document.rewards.map(({ id }) => id)).toEqual([
      'as-you-like',
      'five-off',
    ]);
    const third = { ...five, id: 'third' };
    const three = { ...base, rewards: [five, chosen, third] };
    const asked = mergeDocuments(
      three,
      { ...base, rewards: [chosen, five, third] },
      { ...base, rewards: [third, five, chosen] },
    );
    expect(asked.conflicts.map(conflictKey)).toEqual(['rewards']);
  });
  test('another policy is another thing, not a mixture of both', () => {
    const expiring = (expiry: ProgramDocument['policies']['expiry']): ProgramDocument => ({
      ...base,
      policies: { ...base.policies, expiry },
    });
    const merged = mergeDocuments(
      base,
      expiring({ kind: 'after_months', months: 12, endOfMonth: true }),
      expiring({ kind: 'inactivity_months', months: 6 }),
      {
        'policies.expiry': 'mine',
      },
    );
    expect(merged.conflicts.map(conflictKey)).toEqual(['policies.expiry']);
    expect(merged.document.policies.expiry).toEqual({ kind: 'inactivity_months', months: 6 });
  });
});

describe('whatever two people change', () => {
  const days = fc.constantFrom(0, 7, 14);
  const version = fc
    .record({
      holdDays: days,
      rounding: fc.constantFrom('floor' as const, 'ceil' as const),
      points: fc.constantFrom(1, 2, 3),
      rewards: fc.shuffledSubarray([...base.rewards, { ...five, id: 'new', points: 40 }]),
      name: fc.constantFrom('Premi', 'Stelle'),
    })
    .map(({ holdDays, rounding, points, rewards, name }): ProgramDocument => ({
      ...base,
      names: { ...base.names, program: { ...base.names.program, it: name } },
      earning: { ...base.earning, holdDays, rounding, rates: rate(points, 100) },
      rewards,
    }));
  test('with nobody against, a merge is the one who changed; with every conflict decided for one side, nothing of that side is lost', () => {
    fc.assert(
      fc.property(version, version, version, (from, theirs, mine) => {
        expect(mergeDocuments(from, theirs, from).document).toEqual(theirs);
        expect(mergeDocuments(from, from, mine).document).toEqual(mine);
        const { conflicts } = mergeDocuments(from, theirs, mine);
        for (const side of ['theirs', 'mine'] as const) {
          const choices = Object.fromEntries(conflicts.map((conflict) => [conflictKey(conflict), side]));
          const { document } = mergeDocuments(from, theirs, mine, choices);
          const wanted = changesOf(from, side === 'mine' ? mine : theirs);
          const left = changesOf(document, side === 'mine' ? mine : theirs).map(({ path }) => path.join('.'));
          for (const { path } of wanted)
            expect(left.filter((one) => one === path.join('.') && one !== 'rewards')).toEqual([]);
        }
      }),
    );
  });
});
