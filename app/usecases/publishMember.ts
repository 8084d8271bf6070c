import { memberSummary } from '~/core/storefront/memberSummary';
import { ledgerAt } from '~/core/ledger/repay';
import type { MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { canonicalJson } from '~/core/values/canonicalJson';
import { tierTags } from '~/core/tiers/tags';
import { sha256 } from '~/process/secrets';
import { loadLedgers } from '~/db/ledger';
import { customersOf } from '~/db/identities';
import { markMemberPublished, publishedSummaryOf, tierOf } from '~/db/members';
import { currentProgram } from '~/db/programs';
import { openRedemptionsOf } from '~/db/redemptions';
import { storeById } from '~/db/stores';
import { readForecast } from './readForecast';
import type { Deps } from './deps';

/**
 * Publishes what the storefront may show of a member to each store's customer, when it changed. Reads the
 * newest state, so one call makes up for any number of changes. Throws when the platform cannot be asked.
 */
export const publishMember = async (
  deps: Deps,
  programId: ProgramId,
  memberId: MemberId,
  now: Instant,
): Promise<void> => {
  const { prisma } = deps.database;
  const customers = await customersOf(prisma, programId, memberId);
  const [loaded] = await loadLedgers(prisma, [{ programId, memberId }]);
  if (customers.length === 0 || loaded === undefined) return;
  const open = ledgerAt(loaded.open, now);
  const codes = await openRedemptionsOf(prisma, programId, memberId);
  const program = await currentProgram(prisma, programId);
  const tier = await tierOf(prisma, programId, memberId);
  const forecast = await readForecast(deps, { programId, memberId }, now);
  const published = (await publishedSummaryOf(prisma, programId, memberId)) ?? '';
  const hashes: string[] = [];
  for (const { storeId, customerId } of customers) {
    const store = await storeById(prisma, programId, storeId);
    if (store === null) continue;
    const summary = memberSummary(
      open,
      codes.filter((code) => code.storeId === storeId),
      store,
      now,
      forecast,
    );
    const marks = tierTags(program?.document ?? null, tier);
    const hash = sha256(canonicalJson({ summary, tags: marks })).slice(0, 16);
    hashes.push(`${customerId}:${hash}`);
    if (published.split(' ').includes(`${customerId}:${hash}`)) continue;
    const answer = await deps.platformOf(store).publishMemberSummary(customerId, summary);
    if (!answer.ok && answer.error.kind === 'unavailable')
      throw new Error(`The member's summary could not be published: ${answer.error.reason}`);
    const marked = await deps.platformOf(store).markCustomer(customerId, marks);
    if (!marked.ok && marked.error.kind === 'unavailable')
      throw new Error(`The member's tier could not be told to the shop: ${marked.error.reason}`);
  }
  const after = hashes.join(' ');
  if (after !== published) await markMemberPublished(prisma, programId, memberId, after);
};
