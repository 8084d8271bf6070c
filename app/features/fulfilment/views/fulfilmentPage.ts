import { csvLine } from '~/core/values/cells';
import type { ProgramId } from '~/core/values/ids';
import { isoOf, type Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import type { Store } from '~/db/stores';
import type { Language } from '~/i18n/catalog';
import type { CustomerCard, Platform } from '~/platforms/platform';
import { countToDo, fulfilmentsEnded, fulfilmentsToDo, type Fulfilment, type Place } from '../db/fulfilments';

/** Which of the two lists: what staff has to do, or what has ended. */
export type FulfilmentView = 'to_do' | 'ended';

/** With the name that the shop has for the member now; null: it could not be asked, or knows nobody. */
export type ListedFulfilment = Fulfilment & { readonly card: CustomerCard | null };

export type FulfilmentPage = {
  readonly view: FulfilmentView;
  readonly items: readonly ListedFulfilment[];
  /** The last one of the page when there is a next one. */
  readonly next: Place | null;
};

const pageSize = 25;
const fileAtOnce = 100;

type Names = Pick<Platform, 'readCustomers'>;

/** A page of one of the lists; names are read live from the shop, one query a page. */
export const fulfilmentPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Names,
  store: Pick<Store, 'programId' | 'storeId'>,
  { view, after }: { readonly view: FulfilmentView; readonly after: Place | null },
): Promise<FulfilmentPage> => {
  const read = view === 'to_do' ? fulfilmentsToDo : fulfilmentsEnded;
  const rows = await read(prisma, store.programId, after, pageSize + 1);
  const items = await named(platform, store, rows.slice(0, pageSize));
  const last = rows.length > pageSize ? items.at(-1) : undefined;
  return { view, items, next: last === undefined ? null : placeOf(view, last) };
};

const placeOf = (view: FulfilmentView, { id, dueAt, takenAt }: Fulfilment): Place => ({
  at: view === 'to_do' ? dueAt : takenAt,
  id,
});

const named = async (
  platform: Names,
  { storeId }: Pick<Store, 'storeId'>,
  rows: readonly Fulfilment[],
): Promise<readonly ListedFulfilment[]> => {
  const ids = rows.flatMap((row) => (row.customerId !== null && row.storeId === storeId ? [row.customerId] : []));
  const cards = ids.length === 0 ? null : await platform.readCustomers([...new Set(ids)]);
  const known = new Map(cards?.ok === true ? cards.value.map((card) => [card.customerId, card] as const) : []);
  return rows.map((row) => ({ ...row, card: row.customerId === null ? null : (known.get(row.customerId) ?? null) }));
};

/** How many wait for staff, and how many of them longer than was promised. */
export const fulfilmentDue = (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
  now: Instant,
): Promise<{ readonly open: number; readonly overdue: number }> => countToDo(prisma, programId, now);

/** Both lists as a file, a page of it at a time. */
export const fulfilmentFile = async function* (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Names,
  store: Pick<Store, 'programId' | 'storeId'>,
  language: Language,
): AsyncGenerator<string> {
  yield csvLine([
    'taken',
    'due',
    'state',
    'reward',
    'points',
    'name',
    'email',
    'member',
    'question',
    'answer',
    'reason',
  ]);
  for (const view of ['to_do', 'ended'] as const) {
    const read = view === 'to_do' ? fulfilmentsToDo : fulfilmentsEnded;
    let after: Place | null = null;
    for (;;) {
      const rows: readonly Fulfilment[] = await read(prisma, store.programId, after, fileAtOnce);
      for (const row of await named(platform, store, rows)) yield lineOf(row, language);
      const last = rows.at(-1);
      if (last === undefined || rows.length < fileAtOnce) break;
      after = placeOf(view, last);
    }
  }
};

const stateNames = { issued: 'to do', used: 'done', released: 'not done' } as const;

const lineOf = ({ grant, card, ...row }: ListedFulfilment, language: Language): string =>
  csvLine([
    isoOf(row.takenAt),
    isoOf(row.dueAt),
    stateNames[row.state],
    grant.name[language],
    row.points,
    card?.displayName ?? null,
    card?.email ?? null,
    row.memberId,
    grant.question?.[language] ?? null,
    row.answer,
    row.reason,
  ]);
