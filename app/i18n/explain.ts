import type { OrderWhy } from '~/core/earning/why';
import type { Why } from '~/core/explanation/why';
import type { GrantKind } from '~/core/rewards/grants';
import { isMessage, translate, type Language, type MessageKey } from './catalog';
import { basisInWords, bonusSteps, multipliedPoints, timesInWords } from './explainBonuses';
import { formatCalendarDay, formatMoney, formatPoints, type PointNames } from './format';

/** Why an entry exists, in words: one sentence, what led from it to the entry's points, and what more can be said. */
export type Explanation = {
  readonly sentence: string;
  readonly steps: readonly string[];
  readonly details: readonly string[];
};

// A grant without its sentence does not compile.
const redeemedFor = {
  amount_off: 'why.redemption',
  percent_off: 'why.redemption_percent_off',
  free_shipping: 'why.redemption_free_shipping',
  free_product: 'why.redemption_experience',
  gift_card: 'why.redemption_gift_card',
  store_credit: 'why.redemption_store_credit',
  donation: 'why.redemption_donation',
  experience: 'why.redemption_experience',
  pool_code: 'why.redemption_experience',
  partner: 'why.redemption_experience',
} as const satisfies Record<GrantKind, MessageKey>;

const sparedStep = (count: number, { language, names }: Say): readonly string[] =>
  count === 0 ? [] : [translate(language, 'why.forgiven', { count, points: formatPoints(language, count, names) })];

/** Renders the structured reason that is stored with every entry. */
export const explain = (
  why: Why,
  points: number,
  forgiven: number,
  language: Language,
  names: PointNames,
): Explanation => {
  const say: Say = { language, names };
  const spared = sparedStep(forgiven, say);
  const day = (isoDate: string): string => formatCalendarDay(language, isoDate);
  const plain = (key: Parameters<typeof translate>[1], values: Parameters<typeof translate>[2]): Explanation => ({
    sentence: translate(language, key, values),
    steps: [],
    details: [],
  });
  switch (why.kind) {
    case 'order': {
      const order = explainOrder(why, say);
      return { ...order, steps: [...order.steps, ...changeSince(why.before, points, say), ...spared] };
    }
    case 'redemption':
      return {
        ...plain(redeemedFor[why.grant ?? 'amount_off'], {
          amount: formatMoney(language, why.amountMinor ?? 0, why.currency ?? 'XXX'),
          name: why.name?.[language] ?? '',
        }),
        details: versionOf(why.programVersion, say),
      };
    case 'release':
      if (why.words === null && (why.because === 'refused' || why.because === 'not_delivered'))
        return plain(`why.release_${why.because}_plain`, {});
      return plain(`why.release_${why.because}`, { words: why.words ?? '' });
    case 'late_use':
      return plain('why.late_use', { order: why.order });
    case 'return':
      return plain(why.because === 'units' ? 'why.return_units' : 'why.return_whole', {
        order: why.order,
        back: formatMoney(language, why.discountBackMinor, why.currency),
        all: formatMoney(language, why.discountMinor, why.currency),
      });
    case 'expiry':
      return plain(`why.expiry${why.policy === 'grace' ? '_grace' : ''}`, {
        earned: day(why.earnedOn),
        last: day(why.lastDay),
      });
    case 'late_activity':
      return plain('why.late_activity', { on: day(why.activeOn) });
    case 'adjustment':
      return explainAdjustment(why, language);
    case 'merge':
      return plain(`why.merge_${why.side}`, {});
    case 'tier_reward':
      return { ...plain('why.tier_reward', { tier: why.name[language] }), details: versionOf(why.programVersion, say) };
    case 'tier_reward_undone':
      return plain('why.tier_reward_undone', { tier: why.name[language] });
    case 'wing': {
      const text = `${why.wing}.${why.say}`;
      return isMessage(text) ? plain(text, why.values) : plain('why.wing', {});
    }
    case 'import_undone':
      return plain('why.import_undone', { source: why.source });
    case 'import': {
      const balance = why.setTo === undefined ? null : formatPoints(language, why.setTo, names);
      const steps = balance === null ? [] : [translate(language, 'why.import_set', { points: balance })];
      const details = why.note === null ? [] : [why.note];
      return { ...plain('why.import', { source: why.source, line: why.line }), steps, details };
    }
  }
};

// What an order was worth before, where anything was posted for it.
const changeSince = (before: number, points: number, { language, names }: Say): readonly string[] =>
  before === 0
    ? []
    : [
        translate(language, 'why.before', {
          before: formatPoints(language, before, names),
          change: formatPoints(language, points, names),
        }),
      ];

type AdjustmentWhy = Extract<Why, { kind: 'adjustment' }>;

// Shopify tells an app the number of a member of staff, not the name: the number is a detail, never a signature.
const explainAdjustment = ({ reason, by, note }: AdjustmentWhy, language: Language): Explanation => {
  const number = /^staff (\d+)$/.exec(by ?? '')?.[1];
  const who =
    by === undefined
      ? translate(language, 'why.by_service')
      : number === undefined
        ? by
        : translate(language, 'why.by_staff');
  return {
    sentence: translate(language, 'why.adjustment', { reason, by: who }),
    steps: note === undefined ? [] : [translate(language, 'why.note', { note })],
    details: number === undefined ? [] : [translate(language, 'why.by_staff_number', { number })],
  };
};

type Say = { readonly language: Language; readonly names: PointNames };

const versionOf = (version: number | null, { language }: Say): readonly string[] =>
  version === null ? [] : [translate(language, 'why.version', { version })];

const explainOrder = (why: OrderWhy, say: Say): Explanation => {
  const { language, names } = say;
  if (why.worth === 'nothing') {
    const reason = translate(language, `why.${why.because}`);
    return {
      sentence: translate(language, 'why.nothing', { order: why.order, reason }),
      steps: [],
      details: versionOf(why.programVersion, say),
    };
  }
  const money = (minor: number): string => formatMoney(language, minor, why.currency);
  const rate = translate(language, 'why.rate', {
    points: formatPoints(language, why.rate.points, names),
    amount: money(why.rate.amountMinor),
  });
  return {
    sentence: translate(language, 'why.order', {
      order: why.order,
      basis: basisInWords(why, language),
      rate,
      points: formatPoints(language, multipliedPoints(why), names),
    }),
    steps: [...bonusSteps(why, say), ...refundSteps(why, say)],
    details: [
      ...roundingDetails(why, say),
      ...(hasUnevenLines(why) ? linesInWords(why, say) : []),
      ...shippingDetails(why, say),
      ...versionOf(why.programVersion, say),
    ],
  };
};

type Worth = Extract<OrderWhy, { worth: 'points' }>;

const roundingDetails = ({ basis, rate, rounding, bonuses }: Worth, { language }: Say): readonly string[] => {
  if (bonuses !== undefined) return [];
  const exact = (basis.minor / basis.per) * (rate.points / rate.amountMinor);
  return Number.isInteger(exact) ? [] : [translate(language, `why.rounded_${rounding}`, { exact })];
};

// Where every line is a product that earns by the same rate and stays, its part only says how rounding fell.
const hasUnevenLines = ({ lines, bonuses, refund }: Worth): boolean =>
  bonuses !== undefined ||
  refund !== null ||
  lines.some(({ lineId, basisMinor, units }) => lineId === null || basisMinor === 0 || units === 0);

// Orders of before this was kept do not say it.
const shippingDetails = ({ shippingApartMinor, currency }: Worth, { language }: Say): readonly string[] =>
  shippingApartMinor === undefined
    ? []
    : [translate(language, 'why.shipping_apart', { amount: formatMoney(language, shippingApartMinor, currency) })];

const refundSteps = ({ refund, entitlement, currency }: Worth, { language, names }: Say): readonly string[] => {
  if (refund === null) return [];
  const counted = (points: number) => ({ count: points, points: formatPoints(language, points, names) });
  const units = translate(language, 'why.refund_units', counted(refund.unitsLeft));
  if (refund.moneyLeft === null) return [units];
  const money = translate(language, 'why.refund_money', {
    back: formatMoney(language, refund.moneyBackMinor, currency),
    paid: formatMoney(language, refund.moneyLeft.minor / refund.moneyLeft.per, currency),
    ...counted(entitlement),
  });
  return [units, money];
};

/** What each line of an order earned, where it has several: "Coffee (× 2, (2× Weekend)): 40 points". */
export const linesInWords = ({ lines, bonuses }: Worth, { language, names }: Say): readonly string[] =>
  lines.length < 2
    ? []
    : lines.map((line) =>
        translate(language, 'why.line', {
          title: line.lineId === null ? translate(language, 'why.shipping') : line.title,
          units: [`× ${line.units}`, timesInWords(line.times, bonuses ?? [], language)]
            .filter((text) => text !== '')
            .join(', '),
          points: formatPoints(language, line.points, names),
        }),
      );
