import { csvLine } from '~/core/values/cells';
import { isoDateOf, localDateOf } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { listMembers, type MemberCursor } from '~/db/memberLists';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import { translate, type Language } from '~/i18n/catalog';
import type { CustomerCard, Platform } from '~/platforms/platform';
import type { ExportFile } from './exportFile';

const pageSize = 100;
// Spreadsheets read letters with accents right when a file begins with it.
const byteOrderMark = '\uFEFF';

const columns = [
  'members.name',
  'export.email',
  'members.available',
  'members.pending',
  'members.debt',
  'members.tier',
  'members.since',
  'export.customer',
] as const;

type Client = Pick<Database, 'prisma'>['prisma'];
type Shop = Pick<Platform, 'readCustomers'>;

/**
 * The members as people read them: names and e-mails, read live from the shop page by page, with balance and tier. The
 * headings are in a language. Throws when the shop does not answer: a file without names would be taken for whole.
 */
export const memberFile = (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Shop,
  store: Store,
  language: Language,
): ExportFile => ({
  fileName: 'fidelio-members.csv',
  contentType: 'text/csv; charset=utf-8',
  lines: linesOf(prisma, platform, store, language),
});

const linesOf = async function* (
  prisma: Client,
  platform: Shop,
  store: Store,
  language: Language,
): AsyncGenerator<string> {
  const levels = (await currentProgram(prisma, store.programId))?.document.tiers?.levels ?? [];
  yield byteOrderMark + csvLine(columns.map((key) => translate(language, key)));
  let after: MemberCursor | null = null;
  do {
    const page = await listMembers(prisma, store.programId, {}, { sort: 'oldest', after }, pageSize);
    const customersOf = (member: (typeof page)[number]) =>
      member.customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId);
    const cards = await platform.readCustomers(page.flatMap(customersOf));
    if (!cards.ok) throw new Error(`The names of members could not be read: ${cards.error.kind}`);
    for (const member of page) {
      const ids = customersOf(member);
      const card: CustomerCard | undefined = cards.value.find(({ customerId }) => ids.includes(customerId));
      yield csvLine([
        card?.displayName ?? null,
        card?.email ?? null,
        Math.max(0, member.available),
        member.pending,
        member.debt,
        levels.find(({ id }) => id === member.tier)?.name[language] ?? member.tier,
        isoDateOf(localDateOf(member.createdAt, store.timeZone)),
        card?.customerId ?? ids[0] ?? null,
      ]);
    }
    const last = page.length < pageSize ? undefined : page.at(-1);
    after = last === undefined ? null : { memberId: last.memberId, available: last.available };
  } while (after !== null);
};
