import { balanceOf, spendable } from '~/core/ledger/balance';
import { ledgerAt } from '~/core/ledger/repay';
import type { ProgramDocument } from '~/core/program/document';
import {
  asId,
  isUuid,
  type EntryId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type StoreId,
} from '~/core/values/ids';
import { isoOf, type Instant } from '~/core/values/instant';
import { whyForMember } from '~/core/explanation/why';
import { explain } from '~/i18n/explain';
import type { Language } from '~/i18n/catalog';
import type { Database } from '~/db/database';
import { entriesOf } from '~/db/entries';
import { loadLedgers } from '~/db/ledger';
import { findMember } from '~/db/memberLists';
import { memberOfCustomer } from '~/db/identities';
import { tierOf } from '~/db/members';
import { currentProgram } from '~/db/programs';
import { storesOf } from '~/db/stores';

type Reader = Pick<Database, 'prisma'>;

/** A member as other systems see one. Points; moments as ISO texts in UTC. */
export type ApiMember = {
  readonly id: MemberId;
  readonly createdAt: string;
  readonly customers: readonly { readonly shop: string | null; readonly id: PlatformId }[];
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly tier: string | null;
};

/** null when the program has no such member. */
export const apiMember = async (
  { prisma }: Reader,
  programId: ProgramId,
  id: string,
  now: Instant,
): Promise<ApiMember | null> => {
  const member = isUuid(id) ? await findMember(prisma, programId, asId<MemberId>(id)) : null;
  if (member === null) return null;
  const { memberId } = member;
  const [loaded] = await loadLedgers(prisma, [{ programId, memberId }]);
  const open = loaded?.open ?? { memberId, slices: [], debts: [] };
  const balance = balanceOf(ledgerAt(open, now), now);
  const domains = new Map<StoreId, string>(
    (await storesOf(prisma, programId)).map(({ storeId, domain }) => [storeId, domain]),
  );
  return {
    id: memberId,
    createdAt: isoOf(member.createdAt),
    customers: member.customers.map(({ storeId, customerId }) => ({
      shop: domains.get(storeId) ?? null,
      id: customerId,
    })),
    available: spendable(balance),
    pending: balance.pending,
    debt: balance.debt,
    tier: await tierOf(prisma, programId, memberId),
  };
};

/** The members who are that customer of a shop, or of any shop of the program: none, or one for each. */
export const apiMembersOf = async (
  database: Reader,
  programId: ProgramId,
  customerId: PlatformId,
  shop: string | null,
  now: Instant,
): Promise<readonly ApiMember[]> => {
  const { prisma } = database;
  const stores = (await storesOf(prisma, programId)).filter(({ domain }) => shop === null || domain === shop);
  const ids = await Promise.all(stores.map(({ storeId }) => memberOfCustomer(prisma, programId, storeId, customerId)));
  const found = await Promise.all(
    [...new Set(ids)].map((id) => (id === null ? null : apiMember(database, programId, id, now))),
  );
  return found.filter((member) => member !== null);
};

/** An entry with its structured reason and the words for it. */
const apiEntry = (
  entry: Awaited<ReturnType<typeof entriesOf>>[number],
  language: Language,
  names: ProgramDocument['names'],
) => ({
  id: entry.id,
  kind: entry.kind,
  points: entry.points,
  forgiven: entry.forgiven,
  occurredAt: isoOf(entry.occurredAt),
  recordedAt: isoOf(entry.recordedAt),
  orderId: entry.orderId,
  redemptionId: entry.redemptionId,
  why: entry.why,
  explanation: explain(whyForMember(entry.why), entry.points, entry.forgiven, language, names),
});

export type ApiEntry = ReturnType<typeof apiEntry>;

/** A page of a member's entries, the newest first; `next` is the cursor of the page behind it. null: no such member. */
export const apiEntries = async (
  { prisma }: Reader,
  programId: ProgramId,
  id: string,
  page: { readonly cursor: string | null; readonly limit: number; readonly language: Language },
): Promise<{ readonly data: readonly ApiEntry[]; readonly next: EntryId | null } | null> => {
  const member = isUuid(id) ? await findMember(prisma, programId, asId<MemberId>(id)) : null;
  const program = await currentProgram(prisma, programId);
  if (member === null || program === null) return null;
  const before = page.cursor === null ? null : asId<EntryId>(page.cursor);
  const entries = await entriesOf(prisma, programId, member.memberId, before, page.limit + 1);
  const shown = entries.slice(0, page.limit);
  return {
    data: shown.map((entry) => apiEntry(entry, page.language, program.document.names)),
    next: entries.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  };
};
