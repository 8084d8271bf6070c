import { shippingOffers } from '~/core/tiers/shippingOffers';
import { tierTag } from '~/core/tiers/tags';
import type { MemberId, PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram } from '~/db/programs';
import { storeById } from '~/db/stores';
import { customersInTier, forgetPublished, membersAmong } from '~/db/wearers';
import type { Platform, PlatformFailure } from '~/platforms/platform';
import type { Deps, StoreRef } from '../deps';
import { publishMemberLater } from '../effects/publishMember';

/** How many customers differed, and the tier that is compared next; null: that was the last one. */
export type ComparedMarks = { readonly mended: number; readonly next: string | null };

/**
 * Compares who carries the mark of a tier in the shop with who should: for tiers whose free shipping holds for whoever
 * carries it. `tierId` null: the first such tier. Members are published again, which gives and takes marks; somebody
 * who is no member loses the mark here.
 */
export const compareMarks = async (
  deps: Deps,
  { programId, storeId }: StoreRef,
  tierId: string | null,
): Promise<Result<ComparedMarks, PlatformFailure>> => {
  const { prisma } = deps.database;
  const store = await storeById(prisma, programId, storeId);
  const program = await currentProgram(prisma, programId);
  if (store === null || program === null) return ok({ mended: 0, next: null });
  const marks = new Set(shippingOffers(program.document, store.currency).map(({ mark }) => mark));
  const tiers = (program.document.tiers?.levels ?? []).map(({ id }) => id).filter((id) => marks.has(tierTag(id)));
  const at = tierId === null ? 0 : tiers.indexOf(tierId);
  const tier = tiers[at];
  // A tier that went meanwhile ends it: tomorrow all are compared.
  if (tier === undefined) return ok({ mended: 0, next: null });
  const platform = deps.platformOf(store);
  const marked = await carriersOf(platform, tierTag(tier));
  if (!marked.ok) return marked;
  const wanted = await customersInTier(prisma, store, tier);
  const missing = [...wanted].filter(([customerId]) => !marked.value.has(customerId)).map(([, memberId]) => memberId);
  const extra = [...marked.value].filter((customerId) => !wanted.has(customerId));
  const known = await membersAmong(prisma, store, extra);
  const strangers = extra.filter((customerId) => !known.has(customerId));
  await publishAgain(deps, programId, [...missing, ...known.values()]);
  for (const customerId of strangers) {
    const taken = await platform.markCustomer(customerId, { add: [], remove: [tierTag(tier)] });
    if (!taken.ok && taken.error.kind === 'unavailable') return taken;
  }
  return ok({ mended: missing.length + extra.length, next: tiers[at + 1] ?? null });
};

const carriersOf = async (
  platform: Pick<Platform, 'listMarked'>,
  mark: string,
): Promise<Result<ReadonlySet<PlatformId>, PlatformFailure>> => {
  const found = new Set<PlatformId>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Platform['listMarked']>> = await platform.listMarked(mark, cursor);
    if (!page.ok) return page;
    for (const customerId of page.value.customerIds) found.add(customerId);
    cursor = page.value.next;
  } while (cursor !== null);
  return ok(found);
};

const publishAgain = (deps: Deps, programId: StoreRef['programId'], members: readonly MemberId[]): Promise<void> => {
  const all = [...new Set(members)];
  if (all.length === 0) return Promise.resolve();
  return inTransaction(deps.database, async (tx) => {
    await forgetPublished(tx, programId, all);
    await deps.enqueue(
      all.map((memberId) => publishMemberLater.of({ programId, memberId })),
      tx,
    );
  });
};
