import { asksOfProducts } from '~/core/earning/frozenLines';
import { dependsOnLabels } from '~/core/evaluation/history';
import type { ProgramDocument } from '~/core/program/document';
import { hasLines } from '~/core/rewards/section';
import type { Grounds } from '~/core/settlement/grounds';
import { chanceOf } from '~/core/simulation/chance';
import { openLimits, type Limits } from '~/core/simulation/limits';
import { playMember, type Run } from '~/core/simulation/play';
import { openResults, periodUpTo, type Period } from '~/core/simulation/results';
import type { PlayedMember, PlayGround } from '~/core/simulation/table';
import type { MemberId, ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { labelsOfMembers } from '~/db/customers';
import { documentOfVersion } from '~/db/programs';
import { storesOf, type Store } from '~/db/stores';
import { refOf, type Deps } from '~/usecases/deps';
import { readProducts } from '~/usecases/readGrounds';
import { readSold } from '~/usecases/readSold';
import { membersWithOrders, ordersOfMembers, overridesOfMembers } from '../db/playedMembers';
import { endSimulation, findSimulation, isOver, progressSimulation, type Simulation } from '../db/simulations';

const ordersAtOnce = 2_000;
/** Of more orders a part of the members is played. */
const ordersMost = 1_000_000;
// The pages of this process are not kept waiting for longer.
const sliceMs = 20;
const wholeChance = 10_000;

type Counted = Awaited<ReturnType<typeof membersWithOrders>>[number];

/**
 * Plays a simulation: every member's orders of the last twelve months under the draft and under the published version.
 * Writes after each page how far it came, and stops where somebody cancelled it, or another process has taken it up.
 * Asked for again, it begins anew.
 */
export const runSimulation = async (
  deps: Deps,
  programId: ProgramId,
  id: string,
  clock: () => Instant,
  isMine: () => boolean = () => true,
): Promise<void> => {
  const { prisma } = deps.database;
  const simulation = await findSimulation(prisma, programId, id);
  if (simulation === null || isOver(simulation)) return;
  // What was in force when it was asked: the draft itself may be published by now.
  const published = await documentOfVersion(prisma, programId, simulation.version);
  const stores = await storesOf(prisma, programId);
  const [main] = stores;
  if (published === null || main === undefined) return;
  const versions = { published, draft: simulation.document };
  const everybody = await membersWithOrders(prisma, programId);
  const { members, sampleOf } = sampled(everybody);
  const ordersFound = ordersOf(members);
  const share = sampleOf === null ? 1 : ordersFound / sampleOf;
  const limits = {
    published: openLimits(versions.published.rewards, share),
    draft: openLimits(versions.draft.rewards, share),
  };
  const period = periodUpTo(simulation.askedAt, published.timeZone);
  const results = openResults(versions, period, main.currency);
  const fail = async (): Promise<void> =>
    void (await endSimulation(prisma, simulation, { state: 'failed', failure: 'shop_away' }, clock()));
  const sold = await readSold(deps, main, Object.values(versions));
  if (!sold.ok) return fail();
  const play = { deps, simulation, stores, versions, limits, period, sold: sold.value, now: clock() };
  let ordersPlayed = 0;
  /** Plays pages of some members one after the other; `of` says what is done with each. */
  const playAll = async (some: readonly Counted[], of: OfMember): Promise<'played' | 'shop_away' | 'given_up'> => {
    for (const page of pagesOf(some)) {
      if (!isMine()) return 'given_up';
      if (!(await progressSimulation(prisma, simulation, { ordersFound, ordersPlayed }, clock()))) return 'given_up';
      if (!(await playPage(play, page, of))) return 'shop_away';
    }
    return 'played';
  };
  const end = await playRounds(members, limits, playAll, ({ orders }, runs, counted) => {
    results.add(orders, runs);
    ordersPlayed += counted.orders;
  });
  if (end === 'shop_away') return fail();
  if (end === 'given_up') return;
  await progressSimulation(prisma, simulation, { ordersFound, ordersPlayed }, clock());
  await endSimulation(prisma, simulation, { state: 'done', results: { ...results.read(), sampleOf } }, clock());
};

type BothRuns = { readonly published: Run; readonly draft: Run };
type OfMember = (member: PlayedMember, runs: BothRuns, counted: Counted) => void;

/**
 * Plays everybody, and again those who took more of a reward than was there for all. `add` is called once for each
 * member, with what became of them in the end. Nothing is played twice where no reward has a limit for all members.
 */
const playRounds = async <End extends string>(
  members: readonly Counted[],
  limits: Play['limits'],
  playAll: (some: readonly Counted[], of: OfMember) => Promise<End | 'played'>,
  add: OfMember,
): Promise<End | 'played'> => {
  const takers: Counted[] = [];
  const note = ({ memberId }: PlayedMember, runs: BothRuns): boolean => {
    const published = limits.published.note(memberId, runs.published.taken);
    const draft = limits.draft.note(memberId, runs.draft.taken);
    return published || draft;
  };
  const first = await playAll(members, (member, runs, counted) => {
    if (note(member, runs)) takers.push(counted);
    else add(member, runs, counted);
  });
  if (first !== 'played') return first;
  for (;;) {
    const [published, draft] = [limits.published.runOut(), limits.draft.runOut()];
    if (published === null && draft === null) return playAll(takers, add);
    const losers = takers.filter(({ memberId }) => published?.has(memberId) === true || draft?.has(memberId) === true);
    const end = await playAll(losers, (member, runs) => void note(member, runs));
    if (end !== 'played') return end;
  }
};

const ordersOf = (members: readonly Counted[]): number => members.reduce((sum, { orders }) => sum + orders, 0);

/**
 * Who is played: everybody, or whole members of a shop with more orders than that; which ones depends on their ids
 * alone. `sampleOf`: of how many orders they are a sample; null: of none, they are all.
 */
export const sampled = (
  members: readonly Counted[],
): { readonly members: readonly Counted[]; readonly sampleOf: number | null } => {
  const orders = ordersOf(members);
  if (orders <= ordersMost) return { members, sampleOf: null };
  return { members: members.filter(({ memberId }) => chanceOf(memberId) < ordersMost / orders), sampleOf: orders };
};

const pagesOf = (members: readonly Counted[]): readonly (readonly Counted[])[] => {
  const pages: Counted[][] = [];
  let size = Infinity;
  for (const member of members) {
    if (size + member.orders > ordersAtOnce) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)?.push(member);
    size += member.orders;
  }
  return pages;
};

type Play = {
  readonly deps: Deps;
  readonly simulation: Simulation;
  readonly stores: readonly Store[];
  readonly versions: { readonly published: ProgramDocument; readonly draft: ProgramDocument };
  readonly limits: { readonly published: Limits; readonly draft: Limits };
  readonly period: Period;
  readonly sold: PlayGround['sold'];
  readonly now: Instant;
};

/** Plays some members; false: the shop did not answer about their products. */
const playPage = async (play: Play, page: readonly Counted[], of: OfMember): Promise<boolean> => {
  const { simulation, versions, limits, period } = play;
  const members = await readMembers(play, page);
  const products = await productsOf(play, members);
  if (products === null) return false;
  const zones = new Map(play.stores.map(({ storeId, timeZone }) => [storeId, timeZone]));
  const shared = { programId: simulation.programId, zones, products, sold: play.sold };
  const published = { document: versions.published, ...shared };
  const draft = { document: versions.draft, ...shared };
  const played = { from: period.from, to: period.to, chance: simulation.chance / wholeChance };
  let since = performance.now();
  for (const [index, counted] of page.entries()) {
    const member = members[index];
    if (member === undefined) continue;
    const { memberId } = member;
    const runs = {
      published: playMember(published, member, played, limits.published.grantsOf(memberId)),
      draft: playMember(draft, member, played, limits.draft.grantsOf(memberId)),
    };
    of(member, runs, counted);
    if (performance.now() - since < sliceMs) continue;
    await new Promise((resume) => setImmediate(resume));
    since = performance.now();
  }
  return true;
};

const readMembers = async (
  { deps, simulation, versions }: Play,
  page: readonly Counted[],
): Promise<readonly PlayedMember[]> => {
  const { prisma } = deps.database;
  const { programId } = simulation;
  const ids = page.map(({ memberId }) => memberId);
  const orders = await ordersOfMembers(prisma, programId, ids);
  const isTiered = Object.values(versions).some(({ tiers }) => tiers !== null);
  const overrides = isTiered ? await overridesOfMembers(prisma, programId, ids) : null;
  const isAsking = Object.values(versions).some(
    (document) => dependsOnLabels(document) || document.rewards.some(({ segmentIds }) => segmentIds.length > 0),
  );
  const keys = ids.map((memberId) => ({ programId, memberId }));
  const labels = new Map<MemberId, { storeId: StoreId; customers: PlayedMember['labels'][number]['customers'] }[]>();
  for (const { memberId, storeId, customers } of isAsking ? await labelsOfMembers(prisma, keys) : [])
    labels.set(memberId, [...(labels.get(memberId) ?? []), { storeId, customers }]);
  return ids.map((memberId) => ({
    memberId,
    orders: orders.get(memberId) ?? [],
    labels: labels.get(memberId) ?? [],
    overrides: overrides?.get(memberId) ?? [],
  }));
};

const hasCollections = ({ rewards }: ProgramDocument): boolean =>
  rewards.some((reward) => hasLines(reward) && reward.lines?.kind === 'collection');

/** What rules and rewards ask of the products on the orders, as they are now; null: the shop does not answer. */
const productsOf = async (
  { deps, stores, versions, now }: Play,
  members: readonly PlayedMember[],
): Promise<Grounds['products'] | null> => {
  if (!Object.values(versions).some((document) => asksOfProducts(document) || hasCollections(document)))
    return new Map();
  const refs = new Map(stores.map((store) => [store.storeId, refOf(store)]));
  const messages = members.flatMap(({ orders }) =>
    orders.flatMap(({ storeId, snapshot }) => {
      const store = refs.get(storeId);
      return store === undefined ? [] : [{ store, snapshot }];
    }),
  );
  const { products, unread } = await readProducts(deps, messages, now);
  return unread.size > 0 ? null : products;
};
