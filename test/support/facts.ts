import { factsOf, type OrderFacts } from '~/core/evaluation/facts';
import { deriveHistory } from '~/core/evaluation/history';
import { startPast } from '~/core/evaluation/past';
import type { TierOverride } from '~/core/tiers/clock';
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
 * contexts and checkpoints that the member's whole history, read in full, would not give.
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
    const its = factsOf({ ...order, zone: zoneOf(order.storeId) }, order.context, document);
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
  for (const memberId of membersOf(orders)) {
    const overrides = await overridesOf(prisma, programId, memberId);
    const history = orders
      .filter((order) => order.memberId === memberId)
      .map((order) => ({
        ...order,
        zone: zoneOf(order.storeId),
        base: order.context,
        known: true,
        labels: labelsOf(memberId, order.storeId),
      }));
    const kept = await prisma.checkpoint.findUnique({ where: { programId_memberId: { programId, memberId } } });
    const keptAt = kept === null ? null : instant(kept.until.getTime());
    const past = startPast(versions, overrides, { keptAt });
    for (const { order, context } of deriveHistory(history, versions, past, instant(0)))
      if (text(context) !== text(order.base))
        problems.push(`the context of ${order.newest.name} is ${text(order.base)}, not ${text(context)}`);
    past.advance(instant(8e15));
    // One that was made under an older version is not read any more.
    if (kept !== null && kept.version === versions.at(-1)?.version && text(kept.state) !== text(past.checkpoint()))
      problems.push(`the checkpoint of ${memberId} is ${text(kept.state)}, not ${text(past.checkpoint())}`);
  }
  return problems;
};

const overridesOf = async (
  prisma: Deps['database']['prisma'],
  programId: ProgramId,
  memberId: MemberId,
): Promise<readonly TierOverride[]> =>
  (
    await prisma.tierOverride.findMany({ where: { programId, memberId }, orderBy: [{ fromAt: 'asc' }, { id: 'asc' }] })
  ).map(({ tierId, fromAt, untilAt }) => ({
    tierId,
    from: instant(fromAt.getTime()),
    until: untilAt === null ? null : instant(untilAt.getTime()),
  }));
