import { expect, test } from 'vitest';
import { draftJson, readDraft } from '~/core/program/draft';
import { defaultDocument } from '~/core/program/defaults';
import { readDocument } from '~/core/program/migration';
import { newReward, rewardKinds, type RewardKind } from '~/core/rewards/section';

const without = (value: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

const first = () => {
  const document = defaultDocument('EUR', 'Europe/Rome');
  const exclude = { productIds: ['1'], vendors: [], channels: [], customerTags: [] };
  return {
    ...without(document, ['segments', 'tiers']),
    schemaVersion: 1,
    earning: { ...without(document.earning, ['bonuses', 'caps']), exclude },
    policies: without(document.policies, ['warningDays', 'contextFinalDays']),
  };
};

test('a document of the first schema is read as it was meant', () => {
  const read = readDocument(first());
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const expected = defaultDocument('EUR', 'Europe/Rome');
  expect(read.value).toEqual({
    ...expected,
    earning: { ...expected.earning, exclude: { ...expected.earning.exclude, productIds: ['1'] } },
  });
});

test('what was read can be written and read again, and nothing is lost', () => {
  const document = defaultDocument('JPY', 'Asia/Tokyo');
  expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, value: document });
});

test.each(Object.keys(rewardKinds) as RewardKind[])(
  'whatever stands in a number of %s, a draft takes it and says what is wrong: no save is lost to one',
  (kind) => {
    const document = defaultDocument('EUR', 'Europe/Rome');
    const reward = newReward(kind, 'one', 'EUR');
    const numbers = Object.entries(reward).filter(
      ([name, value]) => typeof value === 'number' || /(Minor|Days|stock)$/.test(name),
    );
    expect(numbers.length).toBeGreaterThan(0);
    for (const [name] of numbers)
      for (const typed of [Number.NaN, -5, 1.5, 9e15]) {
        const rewards = [{ ...reward, [name]: typed }] as typeof document.rewards;
        const read = readDraft(JSON.parse(draftJson({ ...document, rewards })));
        const paths = read.ok ? read.value.issues.map(({ path }) => path) : read.error;
        expect([name, typed, read.ok, paths]).toEqual([
          name,
          typed,
          true,
          expect.arrayContaining([`rewards.0.${name}`]),
        ]);
      }
  },
);

test.each([
  ['not an object', null, ''],
  ['an unknown schema', { ...first(), schemaVersion: 3 }, 'schemaVersion'],
  ['a zone that does not exist', { ...first(), timeZone: 'Europe/Roma' }, 'timeZone'],
  ['an unknown field', { ...first(), colour: 'red' }, ''],
  [
    'a multiplier below 1×',
    rule({ effect: { kind: 'multiply', basisPoints: 9_999 } }),
    'earning.bonuses.0.effect.basisPoints',
  ],
  [
    'a condition on a tier that is not there',
    rule({ conditions: [{ kind: 'tier', tierIds: ['gold'] }] }),
    'earning.bonuses.0.conditions.0.tierIds',
  ],
  ['a condition of an unknown kind', rule({ conditions: [{ kind: 'moon' }] }), 'earning.bonuses.0.conditions.0.kind'],
  ['a rule id used twice', twice(), 'earning.bonuses'],
])('%s is refused, and the issue points into the document', (_, document, path) => {
  const read = readDocument(document);
  expect(read.ok).toBe(false);
  expect(read.ok ? [] : read.error.map((issue) => issue.path)).toContain(path);
});

function rule(part: object) {
  const document = defaultDocument('EUR', 'Europe/Rome');
  const name = document.names.point;
  const bonus = { id: 'a', name, stacking: 'exclusive', effect: { kind: 'add', points: 1 }, conditions: [], ...part };
  return { ...document, earning: { ...document.earning, bonuses: [bonus] } };
}

function twice() {
  const document = rule({});
  return {
    ...document,
    earning: { ...document.earning, bonuses: [...document.earning.bonuses, ...document.earning.bonuses] },
  };
}
