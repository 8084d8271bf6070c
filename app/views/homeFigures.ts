import type { ProgramDocument } from '~/core/program/document';
import { worthOfPoints } from '~/core/program/pointValue';
import type { Instant } from '~/core/values/instant';
import { instant } from '~/core/values/instant';
import { addMonths, localDateOf, startOfDay } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { recentEntries, type EntryView } from '~/db/entries';
import { monthFigures, programTotals, type MonthFigures, type Totals } from '~/db/figures';
import type { Store } from '~/db/stores';

export type { MonthFigures };

/** What Home says: this month against last, twelve months, and how the program stands. */
export type HomeFigures = {
  readonly months: readonly MonthFigures[];
  readonly totals: Totals;
  /** What the outstanding points may cost, in the store's minor units. */
  readonly liabilityMinor: number;
  readonly recent: readonly EntryView[];
};

const yearMs = 365 * 86_400_000;

export const homeFigures = async (
  { prisma }: Pick<Database, 'prisma'>,
  store: Store,
  document: ProgramDocument,
  now: Instant,
): Promise<HomeFigures> => {
  const thisMonth = { ...localDateOf(now, store.timeZone), day: 1 };
  const months = Array.from({ length: 12 }, (_, back) => addMonths(thisMonth, back - 11));
  const first = months[0] ?? thisMonth;
  const counted = await monthFigures(
    prisma,
    store.programId,
    store.storeId,
    store.timeZone,
    startOfDay(first, store.timeZone),
  );
  const totals = await programTotals(prisma, store.programId, instant(now - yearMs));
  return {
    months: months.map(({ year, month }) => {
      const name = `${year}-${String(month).padStart(2, '0')}`;
      return (
        counted.find((one) => one.month === name) ?? {
          month: name,
          issued: 0,
          redeemed: 0,
          byHand: 0,
          orders: 0,
          paidMinor: 0,
        }
      );
    }),
    totals,
    liabilityMinor: worthOfPoints(document, totals.outstanding + totals.pending, store.currency),
    recent: await recentEntries(prisma, store.programId, 6),
  };
};
