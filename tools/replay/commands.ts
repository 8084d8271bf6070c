import { codeOf } from '~/core/redemptions/states';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { isoOf, type Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { inTransaction } from '~/db/inTransaction';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { renameCode } from '~/db/redemptions';
import type { Store } from '~/db/stores';
import { adjustPoints } from '~/usecases/adjustPoints';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { enrolMembers } from '~/usecases/enrolMembers';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { overrideTier } from '~/usecases/overrideTier';
import { publishProgram } from '~/usecases/publishProgram';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { redeemReward } from '~/usecases/redeemReward';
import { uuidv7 } from '~/process/uuid';
import { refOf } from '~/usecases/deps';
import type { MemoryShop } from '~/platforms/memory/shop';
import type { House } from './house';
import type { Command } from './lines';

type Answer = { readonly ok: boolean; readonly answer: unknown };
type Of<Kind extends Command['command']> = Extract<Command, { readonly command: Kind }>;

/** Does what a command says, as of now, and answers what the use case answered. */
export const carryOutCommand = async (house: House, command: Command, now: Instant): Promise<Answer> => {
  const { deps } = house;
  switch (command.command) {
    case 'publish': {
      const versions = await house.database.prisma.programVersion.count({ where: { programId: house.programId } });
      const published = await publishProgram(
        deps,
        house.programId,
        { document: command.program, basedOn: versions === 0 ? null : versions, by: 'replay' },
        now,
      );
      return published.ok ? { ok: true, answer: published.value } : { ok: false, answer: published.error };
    }
    case 'redeem': {
      const store = await house.storeOf(command.shop);
      const redemptionId = asId<RedemptionId>(command.redemption);
      const wish = {
        redemptionId,
        customerId: command.customer,
        rewardId: command.reward,
        points: command.points ?? null,
        cart: command.cart ?? null,
      };
      const redeemed = await redeemReward(deps, store, wish, now);
      if (!redeemed.ok) return { ok: false, answer: redeemed.error };
      if (command.code != null) {
        await renameCode(house.database.prisma, house.programId, redemptionId, command.code.toUpperCase());
        renameInShop(house.shopOf(store.domain), codeOf(redeemed.value), command.code.toUpperCase());
      }
      const { state, points } = redeemed.value;
      const code = command.code?.toUpperCase() ?? redeemed.value.code;
      return { ok: true, answer: { state, code, points } };
    }
    case 'cancel_redemption': {
      const store = await house.storeOf(command.shop);
      const cancelled = await cancelRedemption(
        deps,
        store,
        command.customer,
        asId<RedemptionId>(command.redemption),
        now,
      );
      return cancelled.ok
        ? { ok: true, answer: { state: cancelled.value.state } }
        : { ok: false, answer: cancelled.error };
    }
    case 'adjust':
      return adjust(house, command, now);
    case 'merge': {
      const store = await house.storeOf(command.shop);
      await mergeCustomers(deps, refOf(store), { gone: command.from, kept: command.to }, now);
      return { ok: true, answer: null };
    }
    case 'reconcile':
      return { ok: true, answer: await reconcile(house, command.shop, now) };
    case 'set_tier':
      return setTier(house, command, now);
    case 'advance_clock':
      return { ok: true, answer: { now: isoOf(now) } };
  }
};

const adjust = async (house: House, command: Of<'adjust'>, now: Instant): Promise<Answer> => {
  const { memberId } = await memberOf(house, command.shop, command.customer, now);
  const by = command.by ?? 'replay';
  const adjustment = {
    clientId: command.id ?? uuidv7(),
    memberId,
    points: command.points,
    reason: command.reason,
    actor: { kind: 'staff' as const, id: by },
    by,
  };
  const adjusted = await adjustPoints(house.deps, house.programId, adjustment, now);
  return adjusted.ok ? { ok: true, answer: adjusted.value } : { ok: false, answer: adjusted.error };
};

const reconcile = async (house: House, shop: string | null | undefined, now: Instant): Promise<readonly unknown[]> => {
  const runs = [];
  for (const store of shop == null ? house.stores() : [await house.storeOf(shop)]) {
    const id = await startReconciliation(house.deps, refOf(store), uuidv7(), now);
    const run = await reconcileStore(house.deps, refOf(store), id, now);
    if (run === null) continue;
    const { state, seen, missing, stale, drift } = run;
    runs.push({ shop: store.domain, state, seen, missing, stale, drift });
  }
  return runs;
};

const setTier = async (house: House, command: Of<'set_tier'>, now: Instant): Promise<Answer> => {
  const { memberId } = await memberOf(house, command.shop, command.customer, now);
  const { tier: tierId, until, reason } = command;
  const override = { id: uuidv7(), memberId, tierId, until: until ?? null, reason, by: 'replay' };
  const set = await overrideTier(house.deps, house.programId, override, now);
  return set.ok ? { ok: true, answer: null } : { ok: false, answer: set.error };
};

// As the file's orders write it; by what it was made as it is known, too.
const renameInShop = ({ codes }: MemoryShop, made: string, written: string): void => {
  const code = codes.get(made);
  if (code !== undefined) codes.set(written, code);
};

const memberOf = async (
  house: House,
  shop: string | null | undefined,
  customerId: PlatformId,
  now: Instant,
): Promise<{ readonly store: Store; readonly memberId: MemberId }> => {
  const store = await house.storeOf(shop);
  const identity = customerIdentity(store.programId, store.storeId, customerId);
  await inTransaction(house.database, (tx) => enrolMembers(house.deps, tx, [identity], now));
  const memberId = await memberOfIdentity(house.database.prisma, identity);
  invariant(memberId !== null, 'a member that was just made can be found');
  return { store, memberId };
};
