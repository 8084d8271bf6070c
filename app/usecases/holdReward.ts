import { quoteReward, type QuoteRefusal } from '~/core/rewards/quote';
import { entryKey } from '~/core/ledger/entry';
import { holdPoints, type HoldRefusal } from '~/core/ledger/hold';
import type { ProgramDocument } from '~/core/program/document';
import { isMadeByPlatform, type RewardGrant } from '~/core/rewards/grants';
import type { Reward } from '~/core/rewards/section';
import { closedAt, type RedeemingRefusal } from '~/core/redemptions/section';
import type { EntryId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { invariant, ok, refuse, type Result } from '~/core/values/result';
import type { LocalizedText } from '~/core/values/text';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { customerIdentity } from '~/core/orders/owner';
import type { LockedMember } from '~/core/settlement/records';
import { lockMembers } from '~/db/members';
import { currentProgram } from '~/db/programs';
import { findRedemption, type RedemptionRecord } from '~/db/redemptions';
import type { Store } from '~/db/stores';
import { insertTransfer } from '~/db/transfers';
import { askShop, dependsOnShop, withCollections, type ShopSaid } from './askShop';
import type { Deps } from './deps';
import { unmetReward, type UnmetReward } from './unmetReward';
import type { GiveRefusal, GiveRequest, Heard as GiverHeard, Reserved } from './giver';
import { draftRedemption, fingerprintOf, whyOf, type RedeemWish } from './redemptionDraft';
import { transferOf } from './transfers/transferOfRedemption';
import { changeMembers, holdRedemption } from './writeMembers';

/** Why nothing is held: no point has moved. */
export type HoldingRefusal =
  | QuoteRefusal
  | HoldRefusal
  | RedeemingRefusal
  | UnmetReward
  /** The shop has to be asked for the customer's tags or for a product, and does not answer. */
  | { readonly kind: 'shop_away' }
  | { readonly kind: 'no_program' }
  | { readonly kind: 'unknown_reward' }
  | { readonly kind: 'id_used_otherwise' }
  | GiveRefusal
  /** The store's platform cannot make what it turns into. */
  | { readonly kind: 'not_made_here' };

// The sweep that finishes redemptions looks after this long, should this process die between hold and confirm.
const lookAfterSeconds = 20;

/** The shop has to be asked first: for the customer's tags, how it sells a product, or what it has in collections. */
type ShopAsked = { readonly kind: 'shop_asked'; readonly reward: Reward };
/** Whoever makes it has to be asked first; the member may take it otherwise. */
type GiverAsked = { readonly kind: 'giver_asked'; readonly grant: RewardGrant };
type Question = ShopAsked | GiverAsked;

/** What the shop said, and whoever makes it; null: not asked yet. */
type Heard = {
  readonly shop: ShopSaid | null;
  readonly giver: GiverHeard | null;
};

/**
 * Holds the points of a reward that the member may take, and writes the redemption; or answers it as it is when the
 * same id asked before. Only for a reward that depends on it the shop is asked for the customer's tags and for the
 * product, and a partner for its price, outside of the transaction.
 */
export const holdReward = async (
  deps: Deps,
  store: Store,
  wish: RedeemWish,
  now: Instant,
): Promise<Result<RedemptionRecord, HoldingRefusal>> => {
  let heard: Heard = { shop: null, giver: null };
  for (;;) {
    const known = heard;
    const held = await inTransaction(deps.database, (tx) => hold(deps, tx, store, { ...wish, heard: known }, now), [
      '23505',
    ]);
    if (held.ok) return held;
    const { error } = held;
    if (error.kind === 'shop_asked') {
      invariant(known.shop === null, 'what the shop said is asked for again');
      const shop = await askShop(deps, store, wish, error.reward);
      if (shop === null) return refuse({ kind: 'shop_away' });
      heard = { ...known, shop };
    } else if (error.kind === 'giver_asked') {
      invariant(known.giver === null, 'what a partner said is asked for again');
      const giver = await askGiver(deps, store, error.grant, now);
      if (!giver.ok) return giver;
      heard = { ...known, giver: giver.value };
    } else return refuse(error);
  }
};

const askGiver = async (
  deps: Deps,
  { programId, timeZone }: Store,
  grant: RewardGrant,
  now: Instant,
): Promise<Result<GiverHeard, GiveRefusal>> =>
  (await deps.givers.get(grant.kind)?.ask?.(deps, { programId, grant, timeZone }, now)) ?? ok({ needsEmail: false });

const hold = async (
  deps: Deps,
  tx: Tx,
  store: Store,
  { heard, ...wish }: RedeemWish & { readonly heard: Heard },
  now: Instant,
): Promise<Result<RedemptionRecord, HoldingRefusal | Question>> => {
  const { programId } = store;
  const [member] = await lockMembers(tx, {
    identities: [customerIdentity(programId, store.storeId, wish.customerId)],
    orders: [],
    codes: [],
  });
  const before = await findRedemption(tx, programId, wish.redemptionId);
  if (before !== null) {
    // Who asked as one customer and asks again as the one it was merged into is the same member.
    const isSame = before.memberId === member?.memberId && before.customerId !== null;
    const asked = isSame ? { ...wish, customerId: before.customerId } : wish;
    return before.fingerprint === fingerprintOf(store, asked) ? ok(before) : refuse({ kind: 'id_used_otherwise' });
  }
  const program = await currentProgram(tx, programId);
  if (program === null) return refuse({ kind: 'no_program' });
  const closed = closedAt(program.document.redeeming, program.document.timeZone, now);
  if (closed !== null) return refuse(closed);
  const reward = program.document.rewards.find(({ id, enabled }) => id === wish.rewardId && enabled);
  if (reward === undefined) return refuse({ kind: 'unknown_reward' });
  if (dependsOnShop(reward, wish) && heard.shop === null) return refuse({ kind: 'shop_asked', reward });
  const asker = { member: member ?? null, labels: heard.shop?.labels ?? [] };
  const unmet = await unmetReward(tx, asker, reward, program.document, now);
  if (unmet !== null) return refuse(unmet);
  const cart = withCollections(wish.cart, heard.shop?.collections);
  const quote = quoteReward(reward, { ...wish, cart, sold: heard.shop?.sold ?? null });
  if (!quote.ok) return quote;
  const { grant } = quote.value;
  const isMade = !isMadeByPlatform(grant) || deps.abilitiesOf(store.platform).grants.has(grant.kind);
  if (!isMade) return refuse({ kind: 'not_made_here' });
  if (member === undefined) return refuse({ kind: 'not_enough_points', available: 0, asked: quote.value.points });
  // Nobody else is asked for somebody who cannot pay.
  const isTooFew = member.cached.available + member.cached.pending < quote.value.points;
  if (!isTooFew && heard.giver === null && deps.givers.get(grant.kind)?.ask !== undefined)
    return refuse({ kind: 'giver_asked', grant });
  const offer = { reward, version: program.version, ...quote.value };
  const redemption = draftRedemption(deps, store, { memberId: member.memberId, ...wish }, offer, now);
  const reserved = await reserve(deps, tx, store, { redemption, answer: wish.answer ?? null, heard: heard.giver }, now);
  if (!reserved.ok) return reserved;
  const held = { member, redemption, reserved: reserved.value, name: reward.name, renewedBy: program.document };
  return holdFor(deps, tx, held, now);
};

// What a wing gives is looked for before the points are drawn, and kept once they are.
const reserve = async (
  deps: Deps,
  tx: Tx,
  store: Store,
  asked: Omit<GiveRequest, 'timeZone'>,
  now: Instant,
): Promise<Result<Reserved | null, GiveRefusal>> => {
  const giver = deps.givers.get(asked.redemption.grant.kind);
  return giver === undefined ? ok(null) : giver.reserve(tx, { ...asked, timeZone: store.timeZone }, now);
};

type Held = {
  readonly member: LockedMember;
  readonly redemption: RedemptionRecord;
  /** What a wing gives; null: the platform makes it, or nothing has to be kept. */
  readonly reserved: Reserved | null;
  /** What the reward is called. */
  readonly name: LocalizedText;
  /** The program in force. */
  readonly renewedBy: ProgramDocument;
};

const holdFor = async (
  deps: Deps,
  tx: Tx,
  { member, redemption: drafted, reserved, name, renewedBy }: Held,
  now: Instant,
): Promise<Result<RedemptionRecord, HoldingRefusal>> => {
  const redemption = { ...drafted, endsAt: reserved?.endsAt ?? drafted.endsAt };
  const draft = {
    id: deps.newId<EntryId>(),
    memberId: member.memberId,
    kind: 'redeem' as const,
    key: entryKey.redeem(redemption.id),
    concerns: { redemptionId: redemption.id },
    why: whyOf(redemption, name),
    actor: { kind: 'member' as const },
    occurredAt: now,
    recordedAt: now,
  };
  const held = await changeMembers(
    deps,
    tx,
    {
      members: [member],
      renewedBy,
      // Within the second a code is there, or the points are back: then the shop is told.
      isTold: redemption.state !== 'held',
      decide: ({ book, openOf }) => {
        const plan = holdPoints(openOf(member.memberId), draft, redemption.points, now);
        if (plan.ok) book.post(member.memberId, plan.value);
        return plan;
      },
    },
    now,
  );
  if (!held.ok) return held;
  const lookAt = redemption.state === 'held' ? instant(now + lookAfterSeconds * 1000) : null;
  await holdRedemption(tx, redemption, lookAt, now);
  if (redemption.grant.kind === 'store_credit') await insertTransfer(tx, transferOf(deps, redemption));
  await reserved?.keep(tx);
  return ok(redemption);
};
