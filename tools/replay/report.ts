import type { OrderWhy } from '~/core/earning/why';
import type { Why } from '~/core/explanation/why';
import { balanceOf, spendable } from '~/core/ledger/balance';
import { ledgerAt } from '~/core/ledger/repay';
import { labelSpans } from '~/core/evaluation/labels';
import { standsOn } from '~/core/orders/winner';
import { nobodysWorth, orderWorth } from '~/core/evaluation/worth';
import type { ProgramDocument } from '~/core/program/document';
import type { MemberId, ProgramId } from '~/core/values/ids';
import { isoOf, type Instant } from '~/core/values/instant';
import { allEntries, allOrders, allRedemptions, type ReportLot, allLots, allMembers } from '~/db/report';
import { customerKeyText } from '~/core/values/keys';
import { allLabels } from '~/db/customers';
import { loadLedgers } from '~/db/ledger';
import { currentProgram } from '~/db/programs';
import { languages, type Language } from '~/i18n/catalog';
import { explain } from '~/i18n/explain';
import type { PointNames } from '~/i18n/format';
import type { House } from './house';

const iso = (moment: Instant | null): string | null => (moment === null ? null : isoOf(moment));

/** Everything a replay ended with, as one object. */
export const reportOf = async (house: House, now: Instant): Promise<Record<string, unknown>> => {
  const { prisma } = house.database;
  const program = await currentProgram(prisma, house.programId);
  if (program === null) return {};
  const { names } = program.document;
  const domains = new Map(house.stores().map(({ storeId, domain }) => [storeId as string, domain]));
  const members = await allMembers(prisma, house.programId);
  const labels = await allLabels(prisma, house.programId);
  const memberReport = await memberReports(house, members, names, now);
  const domainOf = (storeId: string): string | null => domains.get(storeId) ?? null;
  return {
    now: isoOf(now),
    program: { version: program.version },
    customers: members.flatMap(({ memberId, customers }) =>
      customers.map(({ storeId, customerId }) => ({
        customerId,
        shop: domainOf(storeId),
        labels: labelSpans(labels.get(customerKeyText({ storeId, customerId })) ?? { facts: [], until: null }).map(
          ({ label, from, until }) => ({ label, from: iso(from), until: iso(until) }),
        ),
        ...memberReport(memberId),
      })),
    ),
    guests: members
      .filter(({ customers, mergedInto, isGuest }) => customers.length === 0 && mergedInto === null && isGuest)
      .map(({ memberId }) => memberReport(memberId)),
    merged: members
      .filter(({ mergedInto }) => mergedInto !== null)
      .map(({ memberId, mergedInto }) => ({ into: mergedInto, ...memberReport(memberId) })),
    orders: await orderReports(house, members, program.document, domainOf),
  };
};

type Members = Awaited<ReturnType<typeof allMembers>>;

/** Reads what members have; answers what is said of each. */
const memberReports = async (house: House, members: Members, names: PointNames, now: Instant) => {
  const { prisma } = house.database;
  const [entries, lots, redemptions] = await Promise.all([
    allEntries(prisma, house.programId),
    allLots(prisma, house.programId),
    allRedemptions(prisma, house.programId),
  ]);
  const balances = await balancesOf(
    house,
    members.map(({ memberId }) => memberId),
    now,
  );
  const tiers = new Map(members.map((member) => [member.memberId, member]));
  const of = { lots: byMember(lots), entries: byMember(entries), redemptions: byMember(redemptions) };
  return (memberId: MemberId) => ({
    memberId,
    ...balances.get(memberId),
    tier: tiers.get(memberId)?.tier ?? null,
    tiers: (tiers.get(memberId)?.changes ?? []).map(({ at, tierId, cause }) => ({
      at: isoOf(at),
      tier: tierId,
      cause,
    })),
    lots: (of.lots.get(memberId) ?? []).map(lotReport),
    entries: (of.entries.get(memberId) ?? []).map((entry) => entryReport(entry, names)),
    redemptions: (of.redemptions.get(memberId) ?? []).map(redemptionReport),
  });
};

const orderReports = async (
  house: House,
  members: Members,
  { names, timeZone }: ProgramDocument,
  domainOf: (storeId: string) => string | null,
) => {
  const orders = await allOrders(house.database.prisma, house.programId);
  const versions = await house.deps.programs.versionsOf(house.programId, await versionsIn(house));
  const customerOf = new Map(
    members.flatMap(({ memberId, customers }) =>
      customers.slice(0, 1).map(({ customerId }) => [memberId as string, customerId]),
    ),
  );
  return orders.map((order) => {
    const document = versions.find(({ version }) => version === order.context?.programVersion)?.document ?? null;
    const zone = house.stores().find(({ storeId }) => storeId === order.storeId)?.timeZone ?? timeZone;
    const worth = orderWorth(order.newest, order.settled, order.context, document, { storeId: order.storeId, zone });
    const { why } = order.memberId === null ? nobodysWorth(worth, standsOn(order)) : worth;
    return {
      orderId: order.orderId,
      name: order.newest.name,
      shop: domainOf(order.storeId),
      customerId: order.memberId === null ? null : (order.owned.customerId ?? customerOf.get(order.memberId) ?? null),
      memberId: order.memberId,
      instant: isoOf(standsOn(order).instant),
      financialStatus: order.newest.financialStatus,
      entitlement: order.entitlement,
      posted: order.posted,
      units: unitsOf(why),
      context: order.context,
      why,
      explanation: wordsOf({ ...why, before: 0 }, order.entitlement, 0, names),
    };
  });
};

const byMember = <Row extends { readonly memberId: MemberId }>(
  rows: readonly Row[],
): ReadonlyMap<MemberId, readonly Row[]> => {
  const groups = new Map<MemberId, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.memberId);
    if (group === undefined) groups.set(row.memberId, [row]);
    else group.push(row);
  }
  return groups;
};

const versionsIn = async (house: House) => {
  const settings = await house.deps.programs.settingsOf([house.programId]);
  return [...settings.values()][0]?.versions ?? [];
};

const balancesOf = async (house: House, memberIds: readonly MemberId[], now: Instant) => {
  const { programId }: { readonly programId: ProgramId } = house;
  const ledgers = await loadLedgers(
    house.database.prisma,
    memberIds.map((memberId) => ({ programId, memberId })),
  );
  return new Map(
    ledgers.map(({ memberId, open }) => {
      const balance = balanceOf(ledgerAt(open, now), now);
      return [
        memberId,
        { available: spendable(balance), balance: balance.available, pending: balance.pending, debt: balance.debt },
      ];
    }),
  );
};

const lotReport = ({ lotId, slice, size, remaining, openedAt, availableAt, expiresAt, originOrder }: ReportLot) => ({
  lotId,
  slice,
  size,
  remaining,
  openedAt: isoOf(openedAt),
  availableAt: isoOf(availableAt),
  expiresAt: iso(expiresAt),
  order: originOrder?.orderId ?? null,
});

const redemptionReport = (redemption: Awaited<ReturnType<typeof allRedemptions>>[number]) => {
  const { id, rewardId, points, amountMinor, currency, state, code, endsAt, usedOrderId, returned } = redemption;
  return {
    id,
    reward: rewardId,
    points,
    amountMinor,
    currency,
    state,
    code,
    endsAt: isoOf(endsAt),
    order: usedOrderId,
    returned,
  };
};

const entryReport = (entry: Awaited<ReturnType<typeof allEntries>>[number], names: PointNames) => ({
  id: entry.id,
  kind: entry.kind,
  points: entry.points,
  forgiven: entry.forgiven,
  key: entry.key,
  order: entry.orderId,
  redemption: entry.redemptionId,
  occurredAt: isoOf(entry.occurredAt),
  recordedAt: isoOf(entry.recordedAt),
  why: entry.why,
  explanation: wordsOf(entry.why, entry.points, entry.forgiven, names),
});

const wordsOf = (why: Why, points: number, forgiven: number, names: PointNames): Record<Language, string> => {
  const inWords = (language: Language): string => {
    const { sentence, steps } = explain(why, points, forgiven, language, names);
    return [sentence, ...steps].join(' · ');
  };
  return Object.fromEntries(languages.map((language) => [language, inWords(language)])) as Record<Language, string>;
};

/** The points of every unit of an order, refunded ones marked; shipping has no line id. */
const unitsOf = (why: OrderWhy) => {
  if (why.worth === 'nothing') return [];
  return why.lines.flatMap(({ lineId, units, refundedUnits, points }) =>
    Array.from({ length: units }, (_, index) => ({
      lineId,
      unit: index + 1,
      points: Math.floor(points / units) + (index < points % units ? 1 : 0),
      refunded: index >= units - refundedUnits,
    })),
  );
};
