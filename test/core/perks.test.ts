import { describe, expect, test } from 'vitest';
import { entitlementOf } from '~/core/earning/entitlement';
import { readDocument } from '~/core/program/migration';
import { shippingOffers } from '~/core/tiers/shippingOffers';
import { tierTags } from '~/core/tiers/tags';
import { bonus, line, order, plain, program, shop } from 'test/support/builders';

const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });
const level = (id: string, threshold: number, perks: readonly object[]) => ({ id, name: named(id), threshold, perks });
const tiers = (...levels: readonly object[]) =>
  ({ metric: 'spend', currency: 'EUR', window: { kind: 'lifetime' }, levels }) as never;
const times = (basisPoints: number) => ({ kind: 'multiply', basisPoints });

describe('perks of tiers', () => {
  test('a tier that multiplies is one more exclusive rule: the best of all counts, once', () => {
    const document = program({
      earning: {
        bonuses: [bonus({ id: 'weekend', times: 1.4 }), bonus({ id: 'extra', times: 1.1, stacking: 'additive' })],
      },
      tiers: tiers(level('silver', 100, [times(12_000)]), level('gold', 500, [times(15_000)])),
    });
    const bought = order({ lines: [line({ listMinor: 10_000 })] });
    const worth = (tier: string | null) => entitlementOf(bought, document, plain({ tier }), shop);
    expect([worth(null).points, worth('silver').points, worth('gold').points]).toEqual([150, 150, 160]);
    const { why } = worth('gold');
    expect(why.worth === 'points' ? why.bonuses?.map(({ id }) => id) : []).toEqual(['perk-gold', 'extra']);
  });

  test('a rule that has the id of a perk, a perk listed twice, and one that slows down are refused', () => {
    const problems = (document: object) => {
      const read = readDocument(document);
      return read.ok ? [] : read.error.map(({ path, problem }) => `${path}: ${problem.kind}`);
    };
    const base = program({ tiers: tiers(level('gold', 500, [times(15_000)])) });
    const clash = { ...base, earning: { ...base.earning, bonuses: [bonus({ id: 'perk-gold', times: 2 })] } };
    expect(problems(clash)).toEqual(['earning.bonuses.0.id: used_twice']);
    const withPerks = (...perks: readonly object[]) => ({
      ...base,
      tiers: { ...base.tiers, levels: [level('gold', 5, perks)] },
    });
    expect(problems(withPerks(times(15_000), times(12_000)))).toEqual(['tiers.levels.0.perks: used_twice']);
    expect(problems(withPerks(times(10_000)))).toEqual(['tiers.levels.0.perks.0.basisPoints: too_small']);
    const said = { kind: 'words', text: named('A coffee with us') };
    expect(problems(withPerks(said, said, { kind: 'priority_support', tag: 'vip' }))).toEqual([]);
  });

  test('tags come and go with the tier; one that two tiers share stays', () => {
    const support = (tag: string) => ({ kind: 'priority_support', tag });
    const document = program({
      tiers: tiers(
        level('silver', 1, [support('fast')]),
        level('gold', 2, [support('fast')]),
        level('black', 3, [support('vip')]),
      ),
    });
    expect(tierTags(document, 'gold')).toEqual({
      add: ['tier:gold', 'fast'],
      remove: ['tier:silver', 'tier:black', 'vip'],
    });
    expect(tierTags(document, null).add).toEqual([]);
  });

  test('free shipping is offered to who wears the tier, in stores whose money its amounts are', () => {
    const ships = (part: object) => ({
      kind: 'free_shipping',
      currency: 'EUR',
      minimumSubtotalMinor: null,
      maxRateMinor: null,
      ...part,
    });
    const document = program({
      tiers: tiers(
        level('silver', 1, [ships({ minimumSubtotalMinor: 3000, maxRateMinor: 900 })]),
        level('gold', 2, [times(15_000), ships({})]),
      ),
    });
    const silver = { mark: 'tier:silver', name: named('silver'), minimumSubtotalMinor: 3000, maxRateMinor: 900 };
    const gold = { mark: 'tier:gold', name: named('gold'), minimumSubtotalMinor: null, maxRateMinor: null };
    expect(shippingOffers(document, 'EUR')).toEqual([
      { ...silver, currency: 'EUR' },
      { ...gold, currency: 'EUR' },
    ]);
    expect(shippingOffers(document, 'CHF')).toEqual([{ ...gold, currency: 'CHF' }]);
    expect(shippingOffers({ tiers: null }, 'EUR')).toEqual([]);
  });
});
