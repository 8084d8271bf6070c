import { describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { firstDocument, openRewards } from '~/core/program/firstRun';
import { begunAnew, templateDocument, templateIds, type TemplateId } from '~/core/program/templates';
import { warningsOf } from '~/core/program/warnings';
import { nameOfAmount } from '~/core/rewards/kinds/amountOff';
import { newReward, type Reward } from '~/core/rewards/section';
import { minorPerUnit } from '~/core/values/money';
import { perTongue } from '~/core/values/text';
import { formatPercent } from '~/i18n/format';
import { program } from 'test/support/builders';

const euros = { currency: 'EUR', timeZone: 'Europe/Rome', today: '2026-11-26' };
const scales: Readonly<Record<string, number>> = {
  ...{ EUR: 1, USD: 1, GBP: 1, KWD: 1, SEK: 10, NOK: 10, DKK: 10, CZK: 10, MXN: 10 },
  ...{ JPY: 100, HUF: 100, INR: 100, KRW: 1000 },
};

// Every number of a program, money in units of a shop that counts in euros.
const numbersOf = (document: ProgramDocument, currency: string) => {
  const units = (minor: number): number => minor / minorPerUnit(currency) / (scales[currency] ?? Number.NaN);
  const [rate] = document.earning.rates;
  return {
    earns: rate === undefined ? null : [rate.points, units(rate.amountMinor)],
    hold: document.earning.holdDays,
    moment: document.earning.awardMoment,
    tax: document.earning.includeTax,
    tiers:
      document.tiers?.levels.map(({ id, threshold, perks: [perk, ...others] }) => [
        id,
        units(threshold ?? Number.NaN),
        perk?.kind === 'multiply' ? perk.basisPoints / 10_000 : null,
        ...others.map(({ kind }) => kind),
      ]) ?? null,
    window: document.tiers?.window ?? null,
    rewards: document.rewards.map((reward) => {
      switch (reward.kind) {
        case 'amount_off':
          return [reward.points, units(reward.amountMinor)];
        case 'chosen_amount_off':
          return [reward.stepPoints, units(reward.stepAmountMinor), reward.minPoints, reward.maxPoints];
        case 'percent_off':
          return [reward.points, `${reward.basisPoints / 100} %`, units(reward.capMinor ?? Number.NaN)];
        case 'free_product':
          return ['?', reward.points, units(reward.copayMinor)];
        case 'experience':
          return [reward.points, reward.name.en];
        default:
          return [reward.kind];
      }
    }),
    ends: document.policies.expiry,
  };
};

const usual = { hold: 0, moment: 'paid', tax: true };
const numbers: Readonly<Record<Exclude<TemplateId, 'simple'>, object>> = {
  fashion: {
    ...usual,
    ...{ earns: [1, 1], hold: 14, window: { kind: 'rolling_months', months: 12 } },
    tiers: [
      ['silver', 300, 1.25],
      ['gold', 800, 1.5, 'free_shipping'],
    ],
    rewards: [
      [100, 5],
      [20, 1, 20, 2000],
    ],
    ends: { kind: 'inactivity_months', months: 12 },
  },
  food: {
    ...usual,
    ...{ earns: [1, 1], tiers: null, window: null, ends: { kind: 'inactivity_months', months: 6 } },
    rewards: [
      [50, 3],
      [120, 8],
    ],
  },
  beauty: {
    ...usual,
    ...{ earns: [5, 1], window: { kind: 'calendar_year' } },
    tiers: [
      ['insider', 150, 1.2],
      ['icon', 500, 1.5],
    ],
    rewards: [
      [500, 5],
      [1000, '10 %', 15],
      ['?', 400, 0],
    ],
    ends: { kind: 'after_months', months: 12, endOfMonth: false },
  },
  b2b: {
    ...{ earns: [1, 10], hold: 0, moment: 'fulfilled', tax: false, window: { kind: 'calendar_year' } },
    tiers: [
      ['preferred', 10_000, 1.25],
      ['strategic', 50_000, 1.5],
    ],
    rewards: [
      [100, 10],
      [1500, 'Training for your team'],
    ],
    ends: { kind: 'none' },
  },
  collection: {
    ...usual,
    ...{ earns: [1, 10], tiers: null, window: null, ends: { kind: 'on_date', day: '2027-07-09' } },
    rewards: [
      ['?', 30, 4.9],
      ['?', 60, 0],
      ['?', 120, 0],
    ],
  },
};
const made = Object.keys(numbers) as (keyof typeof numbers)[];

describe('the programs that a shop can begin with', () => {
  test.each(made.flatMap((id) => Object.keys(scales).map((currency) => [id, currency] as const)))(
    '%s in %s has the numbers of the specification',
    (id, currency) => {
      expect(numbersOf(templateDocument(id, { ...euros, currency }), currency)).toEqual(numbers[id]);
    },
  );
  test.each(templateIds.flatMap((id) => Object.keys(scales).map((currency) => [id, currency] as const)))(
    '%s in %s can be published as it is, rounds down, counts tiers by spend and offers what it has',
    (id, currency) => {
      const document = templateDocument(id, { ...euros, currency });
      expect(programDocumentSchema.parse(document)).toEqual(document);
      expect(document.earning.rounding).toBe('floor');
      expect(document.tiers?.metric ?? 'spend').toBe('spend');
      // What the merchant has to choose first is off until then.
      expect(document.rewards.every(({ kind, enabled }) => enabled === (kind !== 'free_product'))).toBe(true);
      const facts = { currency, today: euros.today, medianYearMinor: null };
      const warned = warningsOf(document, facts).map(({ kind }) => kind);
      expect(warned).toEqual(id === 'collection' ? ['no_reward'] : []);
    },
  );
  test.each(Object.keys(scales))('the simplest one and every new reward are thought in euros, in %s', (currency) => {
    const units = (minor: number): number => minor / minorPerUnit(currency) / (scales[currency] ?? Number.NaN);
    const amounts = (rewards: readonly Reward[]) =>
      rewards.flatMap((reward) => {
        if ('stepAmountMinor' in reward) return [units(reward.stepAmountMinor)];
        return 'amountMinor' in reward ? [units(reward.amountMinor)] : [];
      });
    const { earning, rewards } = templateDocument('simple', { ...euros, currency });
    expect([units(earning.rates[0]?.amountMinor ?? 0), amounts(rewards)]).toEqual([1, [5, 1]]);
    const kinds = ['amount_off', 'chosen_amount_off', 'donation', 'store_credit', 'gift_card'] as const;
    expect(amounts(kinds.map((kind) => newReward(kind, 'new', currency)))).toEqual([5, 1, 5, 10, 10]);
  });
  test('a name groups its thousands as sentences do', () => {
    expect(nameOfAmount(1234, 'JPY').it).toBe('Buono da 1.234\u00a0JPY');
    expect(formatPercent('it', 12.34)).toBe('1.234%');
  });
  test('a collection earns for six months from its first day; all ends 45 days after the last', () => {
    const collection = (today: string) => templateDocument('collection', { ...euros, today });
    expect(collection('2026-02-01').earning.window).toEqual({ from: '2026-02-01', to: '2026-07-31' });
    expect(collection('2026-02-01').policies.expiry).toEqual({ kind: 'on_date', day: '2026-09-14' });
    expect(collection('2026-08-31').earning.window).toEqual({ from: '2026-08-31', to: '2027-02-27' });
  });
  test('what a template leaves open is on offer once its products are chosen; the rest is as it was', () => {
    const choices = { template: 'collection', language: 'en', point: 'star', points: 'stars' } as const;
    const offered = (variantIds?: Record<string, string[]>) =>
      firstDocument({ ...choices, variantIds }, euros).rewards.filter(({ enabled }) => enabled);
    expect(openRewards(templateDocument('collection', euros)).map(({ id }) => id)).toEqual([
      'small-prize',
      'prize',
      'great-prize',
    ]);
    expect(offered()).toEqual([]);
    expect(offered({ prize: ['91'], 'great-prize': [], gone: ['5'] })).toMatchObject([
      { id: 'prize', points: 60, variantIds: ['91'] },
    ]);
    expect(
      programDocumentSchema.safeParse(firstDocument({ ...choices, variantIds: { prize: ['91'] } }, euros)).success,
    ).toBe(true);
    const fashion = firstDocument({ ...choices, template: 'fashion', variantIds: { 'five-off': ['91'] } }, euros);
    expect(fashion.rewards).toEqual(templateDocument('fashion', euros).rewards);
  });
  test('a fixed discount is called by its amount in the shop’s currency', () => {
    const [first] = templateDocument('food', { ...euros, currency: 'JPY' }).rewards;
    expect(first?.name.en).toBe('¥300 off');
  });
  test('a program that begins anew keeps its words, its segments and its margin', () => {
    const segments = [{ id: 'vip', name: perTongue(() => 'VIP'), customerTags: ['friend'] }];
    const before = { ...program({ policies: { marginBasisPoints: 700 } }), segments };
    const after = begunAnew(before, 'beauty', euros);
    const { names, timeZone } = before;
    expect(after).toMatchObject({ names, timeZone, segments, policies: { marginBasisPoints: 700, graceDays: 7 } });
    expect(numbersOf(after, 'EUR')).toEqual(numbers.beauty);
  });
});
