import { newReward, type Reward } from '../rewards/section';
import { nameOfAmount } from '../rewards/kinds/amountOff';
import { newPerk } from '../tiers/newTiers';
import type { Tiers } from '../tiers/section';
import { ordinaryUnit } from '../values/money';
import { perTongue, type LocalizedText } from '../values/text';
import { addDays, addMonths, calendarDay, isoDateOf } from '../values/zone';
import { defaultDocument } from './defaults';
import type { ProgramDocument } from './document';

/** The programs that a merchant can begin with; `simple` is the plainest, the others are made for a kind of shop. */
export const templateIds = ['simple', 'fashion', 'food', 'beauty', 'b2b', 'collection'] as const;
export type TemplateId = (typeof templateIds)[number];

/** The shop for which a template becomes a program; `today`: the local day (yyyy-mm-dd) on which it begins. */
export type TemplateShop = { readonly currency: string; readonly timeZone: string; readonly today: string };

type Money = { readonly currency: string; readonly minor: (units: number) => number };

// Amounts are thought in euros: elsewhere an ordinary price is ten, a hundred or a thousand times as many units.
const moneyOf = (currency: string): Money => ({
  currency,
  minor: (units) => Math.round(units * ordinaryUnit(currency)),
});

const amountOff = (id: string, points: number, units: number, { currency, minor }: Money): Reward => {
  const amountMinor = minor(units);
  const model = newReward('amount_off', id, currency);
  return { ...model, points, amountMinor, name: nameOfAmount(amountMinor, currency), enabled: true } as Reward;
};

const asYouLike = ({ currency, minor }: Money): Reward =>
  ({ ...newReward('chosen_amount_off', 'as-you-like', currency), stepAmountMinor: minor(1), enabled: true }) as Reward;

const tenPercent = (points: number, capUnits: number, { currency, minor }: Money): Reward =>
  ({
    ...newReward('percent_off', 'ten-percent', currency),
    ...{ points, capMinor: minor(capUnits), enabled: true },
  }) as Reward;

// A product that the merchant has to choose first: until then it is off.
const product = (id: string, points: number, copayUnits: number, { currency, minor }: Money): Reward =>
  ({ ...newReward('free_product', id, currency), ...{ points, copayMinor: minor(copayUnits) } }) as Reward;

const training = (points: number, { currency }: Money): Reward =>
  ({
    ...newReward('experience', 'training', currency),
    ...{ name: names.training, points, doneWithinDays: 60, enabled: true },
  }) as Reward;

type Level = {
  readonly id: string;
  readonly name: LocalizedText;
  readonly units: number;
  readonly times: number;
  readonly shipsFree?: true;
};

const oneTimes = 10_000;

// By what members spend. Each level earns so many times the points.
const tiersOf = (window: Tiers['window'], levels: readonly Level[], { currency, minor }: Money): Tiers => ({
  metric: 'spend',
  currency,
  window,
  keep: { kind: 'window' },
  requalify: 'drop_to_qualified',
  graceDays: 0,
  skippedRewards: 'reached_only',
  levels: levels.map(({ id, name, units, times, shipsFree }) => ({
    id,
    name,
    threshold: minor(units),
    entryPoints: null,
    color: null,
    icon: null,
    perks: [
      { kind: 'multiply', basisPoints: Math.round(times * oneTimes) },
      ...(shipsFree ? [newPerk('free_shipping', currency)] : []),
    ],
  })),
});

const calendarYear = { kind: 'calendar_year' } as const;
const twelveMonths = { kind: 'rolling_months', months: 12 } as const;

const names = {
  silver: { en: 'Silver', it: 'Argento', de: 'Silber', fr: 'Argent', es: 'Plata' },
  gold: { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' },
  insider: perTongue(() => 'Insider'),
  icon: perTongue(() => 'Icon'),
  preferred: {
    en: 'Preferred',
    it: 'Partner preferenziale',
    de: 'Vorzugspartner',
    fr: 'Partenaire privilégié',
    es: 'Socio preferente',
  },
  strategic: {
    en: 'Strategic',
    it: 'Partner strategico',
    de: 'Strategischer Partner',
    fr: 'Partenaire stratégique',
    es: 'Socio estratégico',
  },
  training: {
    en: 'Training for your team',
    it: 'Formazione per il tuo team',
    de: 'Schulung für dein Team',
    fr: 'Formation pour votre équipe',
    es: 'Formación para tu equipo',
  },
} satisfies Readonly<Record<string, LocalizedText>>;

/** What a template says of a program; the rest is as a new program begins. */
type Parts = {
  /** `points` for every so many units of money. */
  readonly rate: readonly [points: number, units: number];
  readonly earning?: Partial<ProgramDocument['earning']>;
  readonly tiers: Tiers | null;
  readonly rewards: Reward[];
  readonly expiry: ProgramDocument['policies']['expiry'];
};

const collectionMonths = 6;
const daysToSpend = 45;

// A season: it earns for some months from the first day on, and all its points end some days later.
const season = (today: string): Pick<Parts, 'earning' | 'expiry'> => {
  const last = addDays(addMonths(calendarDay(today), collectionMonths), -1);
  return {
    earning: { window: { from: today, to: isoDateOf(last) } },
    expiry: { kind: 'on_date', day: isoDateOf(addDays(last, daysToSpend)) },
  };
};

const parts: Readonly<Record<Exclude<TemplateId, 'simple'>, (money: Money, today: string) => Parts>> = {
  fashion: (money) => ({
    rate: [1, 1],
    earning: { holdDays: 14 },
    tiers: tiersOf(
      twelveMonths,
      [
        { id: 'silver', name: names.silver, units: 300, times: 1.25 },
        { id: 'gold', name: names.gold, units: 800, times: 1.5, shipsFree: true },
      ],
      money,
    ),
    rewards: [amountOff('five-off', 100, 5, money), asYouLike(money)],
    expiry: { kind: 'inactivity_months', months: 12 },
  }),
  food: (money) => ({
    rate: [1, 1],
    tiers: null,
    rewards: [amountOff('three-off', 50, 3, money), amountOff('eight-off', 120, 8, money)],
    expiry: { kind: 'inactivity_months', months: 6 },
  }),
  beauty: (money) => ({
    rate: [5, 1],
    tiers: tiersOf(
      calendarYear,
      [
        { id: 'insider', name: names.insider, units: 150, times: 1.2 },
        { id: 'icon', name: names.icon, units: 500, times: 1.5 },
      ],
      money,
    ),
    rewards: [amountOff('five-off', 500, 5, money), tenPercent(1000, 15, money), product('product', 400, 0, money)],
    expiry: { kind: 'after_months', months: 12, endOfMonth: false },
  }),
  b2b: (money) => ({
    rate: [1, 10],
    earning: { awardMoment: 'fulfilled', includeTax: false },
    tiers: tiersOf(
      calendarYear,
      [
        { id: 'preferred', name: names.preferred, units: 10_000, times: 1.25 },
        { id: 'strategic', name: names.strategic, units: 50_000, times: 1.5 },
      ],
      money,
    ),
    rewards: [amountOff('ten-off', 100, 10, money), training(1500, money)],
    expiry: { kind: 'none' },
  }),
  collection: (money, today) => ({
    rate: [1, 10],
    tiers: null,
    rewards: [
      product('small-prize', 30, 4.9, money),
      product('prize', 60, 0, money),
      product('great-prize', 120, 0, money),
    ],
    ...season(today),
  }),
};

/**
 * A template as the program of a shop, valid as it is. Words, segments and what a template leaves open are those of a
 * new program.
 */
export const templateDocument = (id: TemplateId, { currency, timeZone, today }: TemplateShop): ProgramDocument => {
  const base = defaultDocument(currency, timeZone);
  if (id === 'simple') return base;
  const money = moneyOf(currency);
  const { rate, earning, tiers, rewards, expiry } = parts[id](money, today);
  const [points, units] = rate;
  return {
    ...base,
    earning: { ...base.earning, ...earning, rates: [{ currency, points, amountMinor: money.minor(units) }] },
    tiers,
    rewards,
    policies: { ...base.policies, expiry },
  };
};

/**
 * A program that begins anew from a template: its rules are the template's; the words of the merchant, segments and the
 * margin stay.
 */
export const begunAnew = (document: ProgramDocument, id: TemplateId, shop: TemplateShop): ProgramDocument => {
  const { earning, tiers, rewards, policies } = templateDocument(id, shop);
  const { marginBasisPoints } = document.policies;
  return { ...document, earning, tiers, rewards, policies: { ...policies, marginBasisPoints } };
};
