import { balanceOf, spendable } from '../ledger/balance';
import { entryKey } from '../ledger/entry';
import { holdPoints } from '../ledger/hold';
import type { Entry } from '../ledger/types';
import type { RedemptionWhy } from '../redemptions/why';
import { firstState } from '../redemptions/states';
import { lifecycleOf, moneyOf, paidFor } from '../rewards/grants';
import type { TierChange } from '../tiers/clock';
import { asId, type EntryId, type MemberId, type RedemptionId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { chosenReward, isMinded, type Choice, type TakenReward } from './behaviour';
import { noGrants, type Grants } from './limits';
import { goOn, recall, tell } from './course';
import { openBook, openTable, playedVersion } from './table';
import type { PlayedMember, PlayGround, Table } from './table';
import { timelineOf, type ToldState } from './timeline';

/**
 * What is played: a time, and with which chance (0 to 1) a member takes a reward that can be afforded. Orders placed
 * before `from` are facts for tiers, caps and order numbers only, in their newest state.
 */
export type Played = { readonly from: Instant; readonly to: Instant; readonly chance: number };

/** What became of a member. */
export type Run = {
  readonly memberId: MemberId;
  readonly entries: readonly Entry[];
  readonly taken: readonly TakenReward[];
  /** The member's tiers since the first order. */
  readonly tiers: readonly TierChange[];
};

/**
 * Plays a member's orders under one version of the program, from no points: posts what settling would have posted, had
 * each state of them been told when it happened, and had sweeps come whenever something was due. Which rewards are
 * taken is assumed (`chosenReward`); of rewards that ran out for all members no more than is granted to this one. Ids
 * are numbers of the run: two runs of the same input are equal.
 */
export const playMember = (
  ground: PlayGround,
  member: PlayedMember,
  { from, to, chance }: Played,
  grants: Grants = noGrants,
): Run => {
  let ids = 0;
  const newId = (): EntryId => asId<EntryId>(String((ids += 1)).padStart(12, '0'));
  const table = openTable(ground, member, newId);
  const earlier = member.orders.filter(({ snapshot }) => snapshot.instant < from);
  if (earlier.length > 0) recall(table, earlier, from);
  const taken: TakenReward[] = [];
  const within = earlier.length === 0 ? member.orders : member.orders.filter((order) => !earlier.includes(order));
  const isTaking = (told: ToldState): boolean => told.isPlaced && isMinded(member, told, chance);
  for (const group of groupsOf(timelineOf(within, to), isTaking)) {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) continue;
    goOn(table, first.at);
    if (isTaking(first)) {
      const { tier, shelf } = table;
      const available = spendable(balanceOf(shelf.openOf(), first.at));
      const choice = chosenReward(ground, { member, tier: tier?.tier ?? null, available, taken, grants }, first);
      if (choice !== null) taken.push(take(table, first, choice));
    }
    tell(table, group, last.at);
  }
  goOn(table, to);
  return { memberId: member.memberId, entries: table.shelf.entries(), taken, tiers: table.tier?.changes ?? [] };
};

const groupMost = 100;

/**
 * States that are told together, because it comes to the same and costs less: orders that are placed one after the
 * other, up to one for which a reward may be taken. Whatever is taken back is told alone.
 */
const groupsOf = (
  states: readonly ToldState[],
  isTaking: (told: ToldState) => boolean,
): readonly (readonly ToldState[])[] => {
  const groups: ToldState[][] = [];
  for (const told of states) {
    const group = groups.at(-1);
    const joins = told.isPlaced && group?.[0]?.isPlaced === true && group.length < groupMost && !isTaking(told);
    if (joins) group.push(told);
    else groups.push([told]);
  }
  return groups;
};

/** Holds the points of a reward. If it turns into a code, that then stands on the order and comes back with it. */
const take = (table: Table, { snapshot, storeId, at }: ToldState, choice: Choice): TakenReward => {
  const { ground, member, redemptions, shelf, newId } = table;
  const { reward, quote, costMinor } = choice;
  const id = asId<RedemptionId>(newId());
  const money = moneyOf(quote.grant);
  const worth = { amountMinor: money?.amountMinor ?? null, currency: money?.currency ?? null };
  const why: RedemptionWhy = {
    v: 1,
    kind: 'redemption',
    rewardId: reward.id,
    programVersion: playedVersion,
    grant: quote.grant.kind,
    ...worth,
  };
  const draft = {
    id: newId(),
    memberId: member.memberId,
    kind: 'redeem' as const,
    key: entryKey.redeem(id),
    concerns: { redemptionId: id },
    why,
    actor: { kind: 'member' as const },
    occurredAt: at,
    recordedAt: at,
  };
  const book = openBook(table, at);
  const plan = holdPoints(book.openOf(member.memberId) ?? shelf.openOf(), draft, quote.points, at);
  invariant(plan.ok, 'a reward was chosen that the member cannot afford');
  book.post(member.memberId, plan.value);
  shelf.write(book);
  redemptions.set(id, {
    id,
    programId: ground.programId,
    memberId: member.memberId,
    storeId,
    customerId: snapshot.customerId,
    state: firstState(quote.grant),
    rewardId: reward.id,
    points: quote.points,
    ...worth,
    code: lifecycleOf[quote.grant.kind] === 'code' ? `PLAYED${id}` : null,
    programVersion: playedVersion,
    heldAt: at,
    issuedAt: at,
    endsAt: at,
    endedAt: null,
    usedOrderId: snapshot.orderId,
    returned: 0,
  });
  return { rewardId: reward.id, at, costMinor, currency: paidFor(quote.grant)?.currency ?? snapshot.currency };
};
