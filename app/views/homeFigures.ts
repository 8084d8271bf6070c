import type { ProgramDocument } from '~/core/program/document';
import { worthOfPoints } from '~/core/program/pointValue';
import type { Instant } from '~/core/values/instant';
import { instant } from '~/core/values/instant';
import { addMonths, localClockOf, localDateOf, localMoment, startOfDay, timeOf } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { monthFigures, programTotals, type MonthFigures, type Totals } from '~/db/figures';
import type { Store } from '~/db/stores';

export type { MonthFigures };

/** What Home says: this month against the same days of the last, twelve months, and how the program stands. */
export type HomeFigures = {
  readonly months: readonly MonthFigures[];
  /** The last month up to the day and the time that this one has reached. */
  readonly before: MonthFigures;
  readonly totals: Totals;
  /** What the outstanding points may cost, in the store's minor units. */
  readonly liabilityMinor: number;
};

const yearMs = 365 * 86_400_000;

export const homeFigures = async (
  { prisma }: Pick<Database, 'prisma'>,
  store: Store,
  document: ProgramDocument,
  now: Instant,
): Promise<HomeFigures> => {
  const { programId, storeId, timeZone } = store;
  const today = localDateOf(now, timeZone);
  const thisMonth = { ...today, day: 1 };
  const months = Array.from({ length: 12 }, (_, back) => addMonths(thisMonth, back - 11));
  const from = (month: typeof thisMonth, until: Instant) =>
    monthFigures(prisma, programId, storeId, timeZone, { from: startOfDay(month, timeZone), until });
  const counted = await from(months[0] ?? thisMonth, now);
  const monthAgo = addMonths(today, -1);
  // A month that is shorter is over by a day that it does not have.
  const thenToo =
    monthAgo.day < today.day
      ? startOfDay(thisMonth, timeZone)
      : localMoment(monthAgo, timeOf(localClockOf(now, timeZone)), timeZone);
  const sameDays = await from(addMonths(thisMonth, -1), thenToo);
  const totals = await programTotals(prisma, programId, instant(now - yearMs));
  const nameOf = ({ year, month }: typeof thisMonth): string => `${year}-${String(month).padStart(2, '0')}`;
  return {
    months: months.map((month) => figuresOf(counted, nameOf(month))),
    before: figuresOf(sameDays, nameOf(addMonths(thisMonth, -1))),
    totals,
    liabilityMinor: worthOfPoints(document, totals.outstanding + totals.pending, store.currency),
  };
};

const figuresOf = (counted: readonly MonthFigures[], month: string): MonthFigures =>
  counted.find((one) => one.month === month) ?? {
    month,
    issued: 0,
    redeemed: 0,
    byHand: 0,
    orders: 0,
    paidMinor: 0,
  };
