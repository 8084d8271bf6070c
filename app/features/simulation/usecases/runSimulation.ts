import { asksOfProducts } from '~/core/earning/frozenLines';
import { dependsOnLabels } from '~/core/evaluation/history';
import type { ProgramDocument } from '~/core/program/document';
import type { Grounds } from '~/core/settlement/grounds';
import { chanceOf } from '~/core/simulation/chance';
import { playMember } from '~/core/simulation/play';
import { openResults, periodUpTo, type Period } from '~/core/simulation/results';
import type { PlayedMember, PlayGround } from '~/core/simulation/table';
import type { MemberId, ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { labelsOfMembers } from '~/db/customers';
import { currentProgram } from '~/db/programs';
import { storesOf, type Store } from '~/db/stores';
import { refOf, type Deps } from '~/usecases/deps';
import { readProducts } from '~/usecases/readGrounds';
import { readSold } from '~/usecases/readSold';
import { membersWithOrders, ordersOfMembers } from '../db/playedMembers';
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
 * Writes after each page how far it came, and stops where somebody cancelled it. Asked for again, it begins anew.
 */
export const runSimulation = async (
  deps: Deps,
  programId: ProgramId,
  id: string,
  clock: () => Instant,
): Promise<void> => {
  const { prisma } = deps.database;
  const simulation = await findSimulation(prisma, programId, id);
  const program = await currentProgram(prisma, programId);
  const stores = await storesOf(prisma, programId);
  const [main] = stores;
  if (simulation === null || isOver(simulation) || program === null || main === undefined) return;
  const versions = { published: program.document, draft: simulation.document };
  const members = sampled(await membersWithOrders(prisma, programId));
  const ordersFound = members.reduce((sum, { orders }) => sum + orders, 0);
  const period = periodUpTo(simulation.askedAt, program.document.timeZone);
  const results = openResults(versions, period, main.currency);
  const fail = async (): Promise<void> =>
    void (await endSimulation(prisma, simulation, { state: 'failed', failure: 'shop_away' }, clock()));
  const sold = await readSold(deps, main, Object.values(versions));
  if (!sold.ok) return fail();
  const play = { deps, simulation, stores, versions, period, results, sold: sold.value, now: clock() };
  let ordersPlayed = 0;
  for (const page of pagesOf(members)) {
    if (!(await progressSimulation(prisma, simulation, { ordersFound, ordersPlayed }))) return;
    if (!(await playPage(play, page))) return fail();
    ordersPlayed += page.reduce((sum, { orders }) => sum + orders, 0);
  }
  await progressSimulation(prisma, simulation, { ordersFound, ordersPlayed });
  await endSimulation(prisma, simulation, { state: 'done', results: results.read() }, clock());
};

// Whole members; which ones depends on their ids alone.
const sampled = (members: readonly Counted[]): readonly Counted[] => {
  const orders = members.reduce((sum, one) => sum + one.orders, 0);
  return orders <= ordersMost ? members : members.filter(({ memberId }) => chanceOf(memberId) < ordersMost / orders);
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
  readonly period: Period;
  readonly results: ReturnType<typeof openResults>;
  readonly sold: PlayGround['sold'];
  readonly now: Instant;
};

/** Plays some members; false: the shop did not answer about their products. */
const playPage = async (play: Play, page: readonly Counted[]): Promise<boolean> => {
  const { simulation, versions, period, results } = play;
  const members = await readMembers(play, page);
  const products = await productsOf(play, members);
  if (products === null) return false;
  const zones = new Map(play.stores.map(({ storeId, timeZone }) => [storeId, timeZone]));
  const shared = { programId: simulation.programId, zones, products, sold: play.sold };
  const published = { document: versions.published, ...shared };
  const draft = { document: versions.draft, ...shared };
  const played = { from: period.from, to: period.to, chance: simulation.chance / wholeChance };
  let since = performance.now();
  for (const member of members) {
    results.add(member.orders, {
      published: playMember(published, member, played),
      draft: playMember(draft, member, played),
    });
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
  }));
};

/** What rules ask of the products on the orders, as they are now; null: the shop does not answer. */
const productsOf = async (
  { deps, stores, versions, now }: Play,
  members: readonly PlayedMember[],
): Promise<Grounds['products'] | null> => {
  if (!Object.values(versions).some(asksOfProducts)) return new Map();
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
