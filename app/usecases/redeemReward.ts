import { codeFrom, discountTitle } from '~/core/rewards/codes';
import { quoteReward, type QuoteRefusal, type WishCart } from '~/core/rewards/quote';
import { entryKey } from '~/core/ledger/entry';
import { holdPoints, type HoldRefusal } from '~/core/ledger/hold';
import type { RedemptionWhy } from '~/core/redemptions/why';
import type { ProgramDocument } from '~/core/program/document';
import { moneyOf } from '~/core/rewards/grants';
import type { Reward } from '~/core/rewards/section';
import { codeEnd } from '~/core/redemptions/states';
import type { EntryId, MemberId, PlatformId, RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { canonicalJson } from '~/core/values/canonicalJson';
import { ok, refuse, type Result } from '~/core/values/result';
import { sha256 } from '~/process/secrets';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { customerIdentity } from '~/core/orders/owner';
import type { LockedMember } from '~/core/settlement/records';
import { lockMembers } from '~/db/members';
import { currentProgram } from '~/db/programs';
import { findRedemption, type RedemptionRecord } from '~/db/redemptions';
import type { Store } from '~/db/stores';
import type { Deps } from './deps';
import { issueRedemption } from './issueRedemption';
import { publishMember } from './publishMember';
import { changeMembers, holdRedemption } from './writeMembers';

/** What a signed-in customer asks for. The client makes the id: the same id gives the same answer. */
export type RedeemWish = {
  readonly redemptionId: RedemptionId;
  readonly customerId: PlatformId;
  readonly rewardId: string;
  readonly points: number | null;
  readonly cart: WishCart | null;
};

export type RedeemRefusal =
  | QuoteRefusal
  | HoldRefusal
  | { readonly kind: 'no_program' }
  | { readonly kind: 'unknown_reward' }
  | { readonly kind: 'id_used_otherwise' }
  /** The platform made no code; the points are back. */
  | { readonly kind: 'refused_by_platform'; readonly reasons: readonly string[] };

// The settling job looks after this long, should this process die between hold and confirm.
const settleAfterSeconds = 20;

/**
 * Redeems a reward: holds the points, asks the platform for the code, confirms. Answers the redemption:
 * `issued` with its code, `held` when the platform could not be asked yet (a job goes on), or as it is
 * when the same id asked before. Refusals change nothing, or give the points back at once.
 */
export const redeemReward = async (
  deps: Deps,
  store: Store,
  wish: RedeemWish,
  now: Instant,
): Promise<Result<RedemptionRecord, RedeemRefusal>> => {
  const held = await inTransaction(deps.database, (tx) => hold(deps, tx, store, wish, now), ['23505']);
  if (!held.ok) return held;
  if (held.value.state !== 'held') return answerOf(held.value);
  await issueRedemption(deps, held.value.programId, held.value.id, now);
  const after = (await findRedemption(deps.database.prisma, held.value.programId, held.value.id)) ?? held.value;
  if (after.state === 'issued') await paintAtOnce(deps, after, now);
  return answerOf(after);
};

// The shop's next page is painted from the published summary and comes within a second: too soon for the job,
// which is there all the same should this fail.
const paintAtOnce = (deps: Deps, { programId, memberId }: RedemptionRecord, now: Instant): Promise<void> =>
  publishMember(deps, programId, memberId, now).catch(() => undefined);

const answerOf = (redemption: RedemptionRecord): Result<RedemptionRecord, RedeemRefusal> =>
  redemption.state === 'released' && redemption.refusal !== null
    ? refuse({ kind: 'refused_by_platform', reasons: [redemption.refusal] })
    : ok(redemption);

const fingerprintOf = (store: Store, { customerId, rewardId, points }: RedeemWish): string =>
  sha256(canonicalJson({ store: store.storeId, customerId, rewardId, points }));

const hold = async (
  deps: Deps,
  tx: Tx,
  store: Store,
  wish: RedeemWish,
  now: Instant,
): Promise<Result<RedemptionRecord, RedeemRefusal>> => {
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
  const reward = program.document.rewards.find(({ id, enabled }) => id === wish.rewardId && enabled);
  if (reward === undefined) return refuse({ kind: 'unknown_reward' });
  const quote = quoteReward(reward, wish);
  if (!quote.ok) return quote;
  if (member === undefined) return refuse({ kind: 'not_enough_points', available: 0, asked: quote.value.points });
  const redemption = draftRedemption(deps, store, member.memberId, wish, reward, program, quote.value, now);
  return holdFor(deps, tx, member, redemption, program.document, now);
};

const draftRedemption = (
  deps: Deps,
  store: Store,
  memberId: MemberId,
  wish: RedeemWish,
  reward: Reward,
  program: { readonly version: number; readonly document: ProgramDocument },
  quote: { readonly points: number; readonly grant: RedemptionRecord['grant'] },
  now: Instant,
): RedemptionRecord => ({
  programId: store.programId,
  id: wish.redemptionId,
  memberId,
  storeId: store.storeId,
  customerId: wish.customerId,
  state: 'held',
  rewardId: reward.id,
  points: quote.points,
  amountMinor: moneyOf(quote.grant)?.amountMinor ?? null,
  currency: moneyOf(quote.grant)?.currency ?? null,
  code: codeFrom(deps.secrets.codeBytes(`${store.programId}:${wish.redemptionId}`)),
  programVersion: program.version,
  heldAt: now,
  issuedAt: null,
  endsAt: codeEnd(now, reward.validDays, store.timeZone),
  endedAt: null,
  usedOrderId: null,
  returned: 0,
  grant: quote.grant,
  title: discountTitle(reward.name.en, wish.redemptionId),
  reference: null,
  fingerprint: fingerprintOf(store, wish),
  refusal: null,
  attempts: 0,
});

const holdFor = async (
  deps: Deps,
  tx: Tx,
  member: LockedMember,
  redemption: RedemptionRecord,
  document: ProgramDocument,
  now: Instant,
): Promise<Result<RedemptionRecord, RedeemRefusal>> => {
  const why: RedemptionWhy = {
    v: 1,
    kind: 'redemption',
    rewardId: redemption.rewardId,
    programVersion: redemption.programVersion,
    grant: redemption.grant.kind,
    amountMinor: redemption.amountMinor,
    currency: redemption.currency,
  };
  const draft = {
    id: deps.newId<EntryId>(),
    memberId: member.memberId,
    kind: 'redeem' as const,
    key: entryKey.redeem(redemption.id),
    concerns: { redemptionId: redemption.id },
    why,
    actor: { kind: 'member' as const },
    occurredAt: now,
    recordedAt: now,
  };
  const held = await changeMembers(
    deps,
    tx,
    {
      members: [member],
      renewedBy: document,
      // Within the second the code is there, or the points are back: then the shop is told.
      isTold: false,
      decide: ({ book, openOf }) => {
        const plan = holdPoints(openOf(member.memberId), draft, redemption.points, now);
        if (plan.ok) book.post(member.memberId, plan.value);
        return plan;
      },
    },
    now,
  );
  if (!held.ok) return held;
  await holdRedemption(tx, redemption, instant(now + settleAfterSeconds * 1000), now);
  return ok(redemption);
};
