import { csvLine } from '~/core/values/cells';
import { decimalOf } from '~/core/values/money';
import type { Database } from '~/db/database';
import type { Store } from '~/db/stores';
import { donationLines, type DonationLine } from '../db/donations';

/** What members donated, by month in the store's zone, receiver and currency; the newest month first. */
export const donationReport = (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, timeZone }: Pick<Store, 'programId' | 'timeZone'>,
): Promise<readonly DonationLine[]> => donationLines(prisma, programId, timeZone);

/** The same as a file: amounts as decimals of their currency. */
export const donationFile = (lines: readonly DonationLine[]): string =>
  [
    csvLine(['month', 'receiver', 'currency', 'donations', 'points', 'amount']),
    ...lines.map(({ month, charity, currency, count, points, amountMinor }) =>
      csvLine([month, charity, currency, count, points, decimalOf(amountMinor, currency)]),
    ),
  ].join('');
