import { afterEach, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import type { ProgramDocument } from '~/core/program/document';
import { newReward, type Reward } from '~/core/rewards/section';
import { programSummary } from '~/core/storefront/programSummary';
import { newTiers } from '~/core/tiers/newTiers';
import { perTongue } from '~/core/values/text';
import { nextReward } from '../../extensions/shared/offers';
import { customer, page } from './painted';

/** A reward for customers with a tag is shown to those only, wherever rewards stand. */
const base = defaultDocument('EUR', 'Europe/Rome');
const friends = { id: 'friends', name: perTongue(() => 'Amici'), customerTags: ['Friend', 'press'] };
const forFriends = (part: object = {}): ProgramDocument => ({
  ...base,
  segments: [friends],
  rewards: [
    {
      ...newReward('amount_off', 'five-off', 'EUR'),
      ...{ enabled: true, points: 500, amountMinor: 500, segmentIds: ['friends'], name: perTongue(() => 'PER AMICI') },
      ...part,
    } as Reward,
  ],
});
const tagged = (...tags: string[]): void => {
  if (customer !== null) Object.assign(customer, { tags });
};
afterEach(() => tagged());

test.each([
  ['nobody', [], false],
  ['another tag', ['wholesale'], false],
  ['one of its tags, however it is written', ['FRIEND'], true],
  ['the other', ['vip', 'Press'], true],
] as const)('%s: in the cart and in the hint', async (_name, tags, isShown) => {
  tagged(...tags);
  const { html, text } = await page({ member: { available: 900 }, document: forFriends() });
  expect(html.includes('data-redeem="five-off"')).toBe(isShown);
  expect(text.includes('PER AMICI')).toBe(isShown);
  const { text: soon } = await page({ member: { available: 10 }, document: forFriends() });
  expect(soon.includes('PER AMICI')).toBe(isShown);
});

test('a guest is shown none, and no tier has it', async () => {
  const guest = { guest: true, template: 'loyalty' };
  expect((await page({ ...guest, document: forFriends() })).text).not.toContain('PER AMICI');
  expect((await page({ ...guest, document: forFriends({ segmentIds: [] }) })).text).toContain('PER AMICI');
  const tiers = newTiers('EUR');
  const document = { ...forFriends({ tierIds: [tiers.levels[0]?.id] }), tiers };
  expect((await page({ template: 'loyalty', document })).text).not.toContain('PER AMICI');
  tagged('friend');
  expect((await page({ template: 'loyalty', document })).text).toContain('PER AMICI');
});

test('where nobody knows the customer’s tags it is not said to be near', () => {
  const summary = programSummary(forFriends(), 1, 'EUR');
  expect(summary.rewards[0]?.customer_tags).toEqual(['friend', 'press']);
  expect(nextReward(summary, 10, '2026-11-28')).toBeNull();
  const open = programSummary(forFriends({ segmentIds: [] }), 1, 'EUR');
  expect(open.rewards[0]).not.toHaveProperty('customer_tags');
  expect(nextReward(open, 10, '2026-11-28')).toMatchObject({ missing: 490 });
});
