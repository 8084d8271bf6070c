import { csvLine } from '~/core/values/cells';
import type { Instant } from '~/core/values/instant';
import { decimalOf } from '~/core/values/money';
import { addDays, addMonths, isoDateOf, localDateOf, startOfDay, type LocalDate } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { periodFigures, type Grain, type PeriodFigures } from '~/db/figures';
import type { Store } from '~/db/stores';

export type { Grain, PeriodFigures };

/** How far back the chart of Home looks: days, whole weeks or whole calendar months, the running one included. */
export const chartRanges = ['30d', '13w', '12m'] as const;
export type ChartRange = (typeof chartRanges)[number];

const rangeParts = {
  '30d': { grain: 'day', count: 30 },
  '13w': { grain: 'week', count: 13 },
  '12m': { grain: 'month', count: 12 },
} as const satisfies Record<ChartRange, { readonly grain: Grain; readonly count: number }>;

/** The range that an address asks for; twelve months when it asks for none. */
export const rangeIn = (parameters: URLSearchParams): ChartRange =>
  chartRanges.find((range) => range === parameters.get('range')) ?? '12m';

/** A month as yyyy-mm. */
export const monthName = (date: LocalDate): string => isoDateOf(date).slice(0, 7);

/** What was counted in a part of time; nothing, where nothing happened. */
export const figuresOf = (counted: readonly PeriodFigures[], period: string): PeriodFigures =>
  counted.find((one) => one.period === period) ?? {
    period,
    issued: 0,
    redeemed: 0,
    byHand: 0,
    orders: 0,
    paidMinor: 0,
  };

export type ChartFigures = {
  readonly range: ChartRange;
  readonly grain: Grain;
  /** The oldest first; each is there, also where nothing happened. */
  readonly periods: readonly PeriodFigures[];
};

/** What happened in each part of a range up to now, by the clock of the store. */
export const chartFigures = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId, timeZone }: Pick<Store, 'programId' | 'storeId' | 'timeZone'>,
  range: ChartRange,
  now: Instant,
): Promise<ChartFigures> => {
  const { grain, count } = rangeParts[range];
  const starts = Array.from({ length: count }, (_, index) =>
    startOf(grain, localDateOf(now, timeZone), index - count + 1),
  );
  const from = startOfDay(starts[0] ?? localDateOf(now, timeZone), timeZone);
  const counted = await periodFigures(prisma, programId, storeId, timeZone, { from, until: now, grain });
  const names = starts.map((start) => (grain === 'month' ? monthName(start) : isoDateOf(start)));
  return { range, grain, periods: names.map((name) => figuresOf(counted, name)) };
};

// The first day of the part in which today lies, so many parts later (earlier, if below 0).
const startOf = (grain: Grain, today: LocalDate, parts: number): LocalDate => {
  if (grain === 'day') return addDays(today, parts);
  if (grain === 'month') return addMonths({ ...today, day: 1 }, parts);
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  return addDays(today, parts * 7 - ((weekday + 6) % 7));
};

/** The same as a file: points as numbers, money as a decimal of the store's currency. */
export const chartFile = ({ grain, periods }: ChartFigures, currency: string): string =>
  [
    csvLine([grain, 'points_issued', 'points_redeemed', 'points_by_hand', 'member_orders', 'currency', 'paid']),
    ...periods.map(({ period, issued, redeemed, byHand, orders, paidMinor }) =>
      csvLine([period, issued, redeemed, byHand, orders, currency, decimalOf(paidMinor, currency)]),
    ),
  ].join('');
