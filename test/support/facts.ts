import { factsOf, type OrderFacts } from '~/core/evaluation/facts';
import { deriveHistory } from '~/core/evaluation/history';
import { tierClockOf } from '~/core/tiers/clock';
import { canonicalJson } from '~/core/values/canonicalJson';
import { instant } from '~/core/values/instant';
import type { MemberId, ProgramId } from '~/core/values/ids';
import { labelsOfMembers } from '~/db/customers';
import { inTransaction } from '~/db/inTransaction';
import { ordersOfProgram } from '~/db/orders';
import type { Deps } from '~/usecases/deps';

const membersOf = (orders: readonly { readonly memberId: MemberId | null }[]): readonly MemberId[] => [
  ...new Set(orders.flatMap(({ memberId }) => (memberId === null ? [] : [memberId]))),
];

const text = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)));

/**
 * What is wrong with what orders know of each other: facts that are kept with an order but are not those of its state,
 * and contexts that the member's whole history, read in full, would not give.
 */
export const wrongFacts = async ({ database, programs }: Deps, programId: ProgramId): Promise<readonly string[]> => {
  const { prisma } = database;
  const settings = await programs.settingsOf([programId]);
  const published = [...settings.values()].flatMap((one) => one.versions);
  if (published.length === 0) return [];
  const versions = await programs.versionsOf(programId, published);
  const orders = await ordersOfProgram(prisma, programId);
  const kept = await prisma.order.findMany({
    where: { programId },
    select: { storeId: true, orderId: true, facts: true },
  });
  const problems: string[] = [];
  const zoneOf = (storeId: (typeof orders)[number]['storeId']): string => settings.get(storeId)?.zone ?? 'UTC';
  for (const order of orders) {
    const facts = kept.find(({ storeId, orderId }) => storeId === order.storeId && orderId === order.orderId)?.facts as
      OrderFacts | null | undefined;
    if (facts == null) continue;
    const document = versions.find(({ version }) => version === order.context?.programVersion)?.document ?? null;
    const place = { storeId: order.storeId, zone: zoneOf(order.storeId) };
    const its = factsOf(order.storeId, order.newest, order.settled, order.context, document, place);
    if (text(facts) !== text(its))
      problems.push(`the facts of ${order.newest.name} are ${text(facts)}, not ${text(its)}`);
  }
  const labels = await inTransaction(database, (tx) =>
    labelsOfMembers(
      tx,
      membersOf(orders).map((memberId) => ({ programId, memberId })),
    ),
  );
  const labelsOf = (memberId: MemberId, storeId: string) =>
    labels.find((one) => one.memberId === memberId && one.storeId === storeId)?.customers ?? null;
  const overrides = await prisma.tierOverride.findMany({ where: { programId } });
  for (const memberId of new Set(orders.map((order) => order.memberId))) {
    if (memberId === null || overrides.some((one) => one.memberId === memberId)) continue;
    const history = orders
      .filter((order) => order.memberId === memberId)
      .map((order) => ({
        ...order,
        zone: zoneOf(order.storeId),
        base: order.context,
        known: true,
        labels: labelsOf(memberId, order.storeId),
      }));
    for (const { order, context } of deriveHistory(history, versions, tierClockOf(versions, []), instant(0)))
      if (text(context) !== text(order.base))
        problems.push(`the context of ${order.newest.name} is ${text(order.base)}, not ${text(context)}`);
  }
  return problems;
};
