import { describe, expect, test } from 'vitest';
import { newBonus } from '~/core/earning/newBonus';
import { defaultDocument } from '~/core/program/defaults';
import type { ProgramDocument } from '~/core/program/document';
import { earnSummary } from '~/core/storefront/earnSummary';
import { programSummary } from '~/core/storefront/programSummary';
import { memberTier, tiersSummary } from '~/core/storefront/tierSummary';
import { newPerk, newTiers } from '~/core/tiers/newTiers';
import { perTongue } from '~/core/values/text';

const base = defaultDocument('EUR', 'Europe/Rome');
const earning = (part: Partial<ProgramDocument['earning']>) =>
  earnSummary({ earning: { ...base.earning, ...part }, tiers: null }, 'EUR');

describe('what the storefront says of earning', () => {
  test('is exact as long as nothing can add to the base rate or take from it', () => {
    expect(earning({ includeTax: true, bonuses: [] })?.certainty).toBe('exact');
    const bonus = { ...newBonus('double'), enabled: true };
    expect(earning({ includeTax: true, bonuses: [bonus] })?.certainty).toBe('at_least');
    expect(earning({ includeTax: true, bonuses: [{ ...bonus, enabled: false }] })?.certainty).toBe('exact');
    const multiplying = { earning: { ...base.earning, includeTax: true }, tiers: newTiers('EUR') };
    expect(earnSummary(multiplying, 'EUR')?.certainty).toBe('at_least');
    expect(earning({ includeTax: false })?.certainty).toBe('about');
    expect(earning({ includeTax: true, caps: { ...base.earning.caps, perOrder: 5 } })?.certainty).toBe('about');
  });
  test('is nothing while earning is paused, and in a currency without a rate', () => {
    expect(earning({ paused: true })).toBeNull();
    expect(earnSummary(base, 'SEK')).toBeNull();
  });
  test('names the products that earn nothing, as long as they are few', () => {
    const exclude = { ...base.earning.exclude, productTags: ['sale'], saleItems: true };
    expect(earning({ exclude })?.exclude).toMatchObject({ tags: ['sale'], sale_items: true, product_ids: [] });
    const many = Array.from({ length: 101 }, (_, index) => String(index + 1));
    expect(earning({ exclude: { ...exclude, productIds: many } })?.exclude).toBeNull();
  });
  test('promises no bonus to all that is for some members only', () => {
    const bonus = { ...newBonus('all'), enabled: true };
    const some = { ...bonus, id: 'some', conditions: [{ kind: 'tier' as const, tierIds: ['gold'] }] };
    expect(earning({ bonuses: [bonus, some, { ...bonus, id: 'off', enabled: false }] })?.bonuses).toHaveLength(1);
  });
});

describe('what the storefront says of tiers', () => {
  test('is what each asks for and gives, with text that can be read on its colour', () => {
    const tiers = newTiers('EUR');
    const [silver] = tiers.levels;
    if (silver === undefined) throw new Error('no level');
    const words = { kind: 'words' as const, text: perTongue(() => 'A cake') };
    const level = { ...silver, color: '#ffcc00', perks: [...silver.perks, words, newPerk('free_shipping', 'EUR')] };
    expect(tiersSummary({ ...tiers, levels: [level] }, 'EUR')).toMatchObject({
      unit: 'spend',
      window: 'rolling_months',
      months: 12,
      levels: [
        {
          ...{ id: 'silver', threshold: 30_000, on_color: '#000000', basis_points: 12_500, words: [words.text] },
          free_shipping: { minimum_minor: null, max_rate_minor: null },
        },
      ],
    });
  });
  test('of a member it is the way to the next one: never the whole way while something is missing', () => {
    const goal = { tierId: 'gold', unit: 'spend' as const, by: '2026-12-31', until: null };
    const forecast = { tierId: 'silver', metric: 42_000, keptUntil: '2027-12-31', keep: null };
    expect(memberTier({ ...forecast, next: { ...goal, missing: 8_000 } })).toEqual({
      id: 'silver',
      kept_until: '2027-12-31',
      keep: null,
      next: { id: 'gold', missing: 8_000, unit: 'spend', by: '2026-12-31', until: null, done_percent: 84 },
    });
    const percent = (metric: number, missing: number) =>
      memberTier({ ...forecast, metric, next: { ...goal, missing } })?.next?.done_percent;
    expect([percent(99_999, 1), percent(0, 5), percent(-500, 5)]).toEqual([99, 0, 0]);
  });
});

test('of a reward the app says the least it takes off, for whom it is and when', () => {
  const rewards = base.rewards.map((reward) => ({
    ...reward,
    tierIds: ['gold'],
    window: { from: '2026-12-01', to: null },
  }));
  const summary = programSummary({ ...base, rewards }, 1, 'EUR');
  expect(summary.rewards).toMatchObject([
    { id: 'five-off', min_amount_minor: 500, tier_ids: ['gold'], from: '2026-12-01', to: null },
    { id: 'as-you-like', min_amount_minor: 100 },
  ]);
});
