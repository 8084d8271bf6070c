import type { ProgramDocument } from '~/core/program/document';
import { worthOfPoints } from '~/core/program/pointValue';
import type { Instant } from '~/core/values/instant';
import { instant } from '~/core/values/instant';
import { addMonths, localClockOf, localDateOf, localMoment, startOfDay, timeOf } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { periodFigures, programTotals, type PeriodFigures, type Totals } from '~/db/figures';
import type { Store } from '~/db/stores';
import { figuresOf, monthName } from './chartFigures';

/** What Home says: this month against the same days of the last, and how the program stands. */
export type HomeFigures = {
  readonly now: PeriodFigures;
  /** The last month up to the day and the time that this one has reached. */
  readonly before: PeriodFigures;
  readonly totals: Totals;
  /** What the outstanding points may cost, in the store's minor units. */
  readonly liabilityMinor: number;
};

const yearMs = 365 * 86_400_000;

/** The figures of Home, at a moment. */
export const homeFigures = async (
  { prisma }: Pick<Database, 'prisma'>,
  store: Store,
  document: ProgramDocument,
  now: Instant,
): Promise<HomeFigures> => {
  const { programId, storeId, timeZone } = store;
  const today = localDateOf(now, timeZone);
  const thisMonth = { ...today, day: 1 };
  const from = (month: typeof thisMonth, until: Instant) =>
    periodFigures(prisma, programId, storeId, timeZone, { from: startOfDay(month, timeZone), until, grain: 'month' });
  const monthAgo = addMonths(today, -1);
  // A month that is shorter is over by a day that it does not have.
  const thenToo =
    monthAgo.day < today.day
      ? startOfDay(thisMonth, timeZone)
      : localMoment(monthAgo, timeOf(localClockOf(now, timeZone)), timeZone);
  const [counted, sameDays, totals] = await Promise.all([
    from(thisMonth, now),
    from(addMonths(thisMonth, -1), thenToo),
    programTotals(prisma, programId, instant(now - yearMs)),
  ]);
  return {
    now: figuresOf(counted, monthName(thisMonth)),
    before: figuresOf(sameDays, monthName(addMonths(thisMonth, -1))),
    totals,
    liabilityMinor: worthOfPoints(document, totals.outstanding + totals.pending, store.currency),
  };
};
