import { expect } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { newReward, type RewardOf } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { uuidv7 } from '~/process/uuid';
import { matureMembers } from '~/usecases/matureMembers';
import { redeemReward } from '~/usecases/redeemReward';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { bonus, line, order, program, refund } from './builders';
import type { Tenant } from './world';

/** A program in force, and the document by which it was published: as a fixture says, or as a merchant entered it. */
export type ProgramRun = { readonly tenant: Tenant; readonly document: ProgramDocument };

/** A program that everybody can read about, with orders and numbers that were worked out by hand. */
export type PublicProgram = {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly document: () => ProgramDocument;
  /** Since when it is in force. */
  readonly since: Instant;
  /** Settles its orders, and holds every number against those of the hand. */
  readonly play: (run: ProgramRun) => Promise<void>;
};

const moment = (text: string): Instant => instant(Date.parse(text));
const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });
const usual = moment('2026-01-01T00:00:00Z');

type Level = {
  readonly id: string;
  readonly name: string;
  readonly from: number;
  readonly times?: number;
  readonly entry?: number;
};
const level = ({ id, name, from, times, entry }: Level) => ({
  id,
  name: named(name),
  threshold: from,
  entryPoints: entry ?? null,
  perks: times === undefined ? [] : [{ kind: 'multiply' as const, basisPoints: Math.round(times * 10_000) }],
});

const bought = (orderId: number, when: string, minor: number, part: Parameters<typeof order>[0] = {}) => {
  const at = moment(when);
  return order({ orderId, instant: at, createdAt: at, updatedAt: at, lines: [line({ listMinor: minor })], ...part });
};

/** Settles orders one after the other, each a minute after it was placed; answers what each is worth. */
const settleAll = async (tenant: Tenant, orders: readonly ReturnType<typeof bought>[]): Promise<readonly number[]> => {
  for (const one of orders) await tenant.settle([one], instant(one.updatedAt + 60_000));
  const rows = await tenant.deps.database.prisma.order.findMany({ where: { programId: tenant.store.programId } });
  const worth = new Map(rows.map(({ orderId, entitlement }) => [orderId, Number(entitlement)]));
  return orders.map(({ orderId }) => worth.get(orderId) ?? Number.NaN);
};

/** The English name of the member's tier; null: none. */
const tierOf = async ({ tenant, document }: ProgramRun, now: Instant): Promise<string | null> => {
  await requalifyMembers(tenant.deps, now);
  const member = await tenant.deps.database.prisma.member.findFirst({ where: { programId: tenant.store.programId } });
  return document.tiers?.levels.find(({ id }) => id === member?.tier)?.name.en ?? null;
};

const starsDocument = (): ProgramDocument => {
  const base = program({ currency: 'USD' });
  return programDocumentSchema.parse({
    ...base,
    timeZone: 'America/New_York',
    tiers: {
      metric: 'points',
      currency: 'USD',
      window: { kind: 'rolling_months', months: 12 },
      levels: [
        level({ id: 'gold', name: 'Gold', from: 500, times: 1.2 }),
        level({ id: 'reserve', name: 'Reserve', from: 2500, times: 1.7 }),
      ],
    },
    policies: { ...base.policies, expiry: { kind: 'inactivity_months', months: 6 } },
  });
};

const playStars = async (run: ProgramRun): Promise<void> => {
  const { tenant } = run;
  const dollars = (orderId: number, day: string, minor: number) =>
    bought(orderId, `${day}T17:00:00Z`, minor, { currency: 'USD' });
  const june = dollars(4, '2026-06-20', 100_000);
  const orders = [
    dollars(1, '2026-03-15', 45_000),
    dollars(2, '2026-04-10', 6040),
    dollars(3, '2026-05-02', 2500),
    june,
    dollars(5, '2026-08-01', 64_000),
    dollars(6, '2026-08-15', 1099),
  ];
  expect(await settleAll(tenant, orders)).toEqual([450, 60, 30, 1200, 768, 18]);
  expect((await tenant.balance(moment('2026-08-16T12:00:00Z'))).available).toBe(2526);
  expect(await tierOf(run, moment('2026-08-16T12:00:00Z'))).toBe('Reserve');
  const back = moment('2026-09-01T16:00:00Z');
  const refunded = {
    ...june,
    updatedAt: back,
    financialStatus: 'refunded' as const,
    refunds: [refund({ at: back, lines: [[1, 1]] })],
  };
  await tenant.settle([refunded], instant(back + 60_000));
  expect((await tenant.balance(moment('2026-09-02T12:00:00Z'))).available).toBe(1326);
  // Reserve to the end of 1 September 2027, in New York.
  expect(await tierOf(run, moment('2027-09-02T03:59:00Z'))).toBe('Reserve');
  expect(await tierOf(run, moment('2027-09-02T04:01:00Z'))).not.toBe('Reserve');
  expect((await tenant.balance(moment('2027-02-16T04:59:00Z'))).available).toBe(1326);
  await matureMembers(tenant.deps, moment('2027-02-16T05:00:00Z'));
  expect((await tenant.balance(moment('2027-02-16T05:00:00Z'))).available).toBe(0);
  const lapsed = (await tenant.entries()).filter(({ kind }) => kind === 'expire').map(({ points }) => points);
  expect(lapsed).toHaveLength(5);
  expect(lapsed.reduce((sum, points) => sum + points, 0)).toBe(-1326);
};

/** The product that brings more points. */
const jollyOf = ({ earning }: ProgramDocument): PlatformId => {
  const condition = earning.bonuses.flatMap(({ conditions }) => conditions)[0];
  return asId<PlatformId>(condition?.kind === 'product' ? (condition.productIds[0] ?? '') : '');
};

/** The reward that is a cup. */
const cupOf = ({ rewards }: ProgramDocument): RewardOf<'free_product'> => {
  const cup = rewards.find((reward) => reward.kind === 'free_product' && reward.enabled && reward.points === 10);
  if (cup?.kind !== 'free_product') throw new Error('the program has no cup');
  return cup;
};

const cupChoice = { variantIds: ['41'], copayMinor: 290 };

const collectionDocument = (): ProgramDocument => {
  const base = program({ rate: [1, 1000] });
  return programDocumentSchema.parse({
    ...base,
    earning: {
      ...base.earning,
      window: { from: '2026-02-01', to: '2026-07-31' },
      bonuses: [bonus({ id: 'jolly', points: 5, conditions: [{ kind: 'product', productIds: ['900'] }] })],
    },
    rewards: [{ ...newReward('free_product', 'cup', 'EUR'), enabled: true, points: 10, ...cupChoice }],
    policies: { ...base.policies, expiry: { kind: 'on_date', day: '2026-09-15' } },
  });
};

const playCollection = async ({ tenant, document }: ProgramRun): Promise<void> => {
  const jolly = jollyOf(document);
  const withJolly = {
    lines: [line({ lineId: 1, listMinor: 9000 }), line({ lineId: 2, listMinor: 1000, productId: jolly })],
  };
  const withGiftCard = {
    lines: [line({ lineId: 1, listMinor: 5000 }), line({ lineId: 2, listMinor: 1400, giftCard: true })],
  };
  const orders = [
    bought(1, '2026-01-31T22:30:00Z', 8500),
    bought(2, '2026-01-31T23:10:00Z', 3999),
    bought(3, '2026-03-14T12:00:00Z', 0, withJolly),
    bought(4, '2026-04-02T10:00:00Z', 1990),
    bought(5, '2026-04-02T11:00:00Z', 1990),
    bought(6, '2026-06-30T12:00:00Z', 0, withGiftCard),
  ];
  expect(await settleAll(tenant, orders)).toEqual([0, 3, 15, 1, 1, 5]);
  const july = moment('2026-07-05T10:00:00Z');
  expect((await tenant.balance(july)).available).toBe(25);
  const { id: rewardId, variantIds } = cupOf(document);
  const variantId = asId<PlatformId>(variantIds[0] ?? '');
  const cupSold = { variantId, productId: variantId, vendor: null, handle: 'cup' };
  const sold = { ...cupSold, priceMinor: 1290, currency: 'EUR', isAvailable: true };
  tenant.shop.variants.set(variantId, sold);
  const redemptionId = asId<RedemptionId>(uuidv7());
  const wish = { redemptionId, customerId: asId<PlatformId>('77'), rewardId, variantId };
  const cup = await redeemReward(tenant.deps, tenant.store, { ...wish, points: null, cart: null }, july);
  if (!cup.ok) throw new Error(cup.error.kind);
  expect(cup.value).toMatchObject({ points: 10, amountMinor: 1000 });
  const code = cup.value.code ?? '';
  const withCup = bought(7, '2026-07-05T10:10:00Z', 0, {
    discountCodes: [code],
    lines: [
      line({ lineId: 1, listMinor: 1290, discounts: [{ code, amountMinor: 1000 }] }),
      line({ lineId: 2, listMinor: 3000 }),
    ],
  });
  expect(await settleAll(tenant, [withCup])).toEqual([3]);
  expect((await tenant.balance(moment('2026-07-05T11:00:00Z'))).available).toBe(18);
  const back = moment('2026-07-10T10:00:00Z');
  const cupBack = {
    ...withCup,
    updatedAt: back,
    financialStatus: 'partially_refunded' as const,
    refunds: [refund({ at: back, lines: [[1, 1]] })],
  };
  expect(await settleAll(tenant, [cupBack, bought(8, '2026-08-01T10:00:00Z', 5000)])).toEqual([3, 0]);
  expect(await tenant.balance(moment('2026-09-15T21:59:00Z'))).toMatchObject({ available: 28 });
  const over = moment('2026-09-15T22:00:00Z');
  await matureMembers(tenant.deps, over);
  expect((await tenant.balance(over)).available).toBe(0);
  const entries = await tenant.entries();
  expect(entries.filter(({ kind }) => kind === 'clawback')).toEqual([]);
  expect(entries.filter(({ kind }) => kind === 'expire').reduce((sum, { points }) => sum + points, 0)).toBe(-28);
};

const calendarYearDocument = (): ProgramDocument => {
  const base = program();
  return programDocumentSchema.parse({
    ...base,
    timeZone: 'Europe/Berlin',
    tiers: {
      metric: 'spend',
      currency: 'EUR',
      window: { kind: 'calendar_year' },
      levels: [
        level({ id: 'silver', name: 'Silver', from: 20_000 }),
        level({ id: 'gold', name: 'Gold', from: 50_000, times: 1.5, entry: 50 }),
      ],
    },
  });
};

const playCalendarYear = async (run: ProgramRun): Promise<void> => {
  const { tenant } = run;
  const december = bought(2, '2025-12-28T12:00:00Z', 22_000);
  expect(await settleAll(tenant, [bought(1, '2025-11-20T12:00:00Z', 30_000), december])).toEqual([300, 220]);
  expect((await tenant.balance(moment('2025-12-29T12:00:00Z'))).available).toBe(570);
  const back = moment('2026-02-10T12:00:00Z');
  const refunded = {
    ...december,
    updatedAt: back,
    financialStatus: 'refunded' as const,
    refunds: [refund({ at: back, lines: [[1, 1]] })],
  };
  await settleAll(tenant, [refunded]);
  expect((await tenant.balance(moment('2026-02-11T12:00:00Z'))).available).toBe(350);
  expect(await tierOf(run, moment('2026-02-11T12:00:00Z'))).toBe('Gold');
  const year = [bought(3, '2026-05-01T12:00:00Z', 10_000), bought(4, '2026-10-10T12:00:00Z', 15_000)];
  expect(await settleAll(tenant, year)).toEqual([150, 225]);
  expect(await tierOf(run, moment('2026-12-31T22:59:00Z'))).toBe('Gold');
  expect(await tierOf(run, moment('2026-12-31T23:01:00Z'))).toBe('Silver');
  const next = [bought(5, '2027-01-05T12:00:00Z', 8000), bought(6, '2027-02-01T12:00:00Z', 43_000)];
  expect(await settleAll(tenant, next)).toEqual([80, 430]);
  expect(await tierOf(run, moment('2027-02-02T12:00:00Z'))).toBe('Gold');
  expect((await tenant.balance(moment('2027-02-02T12:00:00Z'))).available).toBe(1285);
};

/** One a dollar, faster tiers over twelve months, points that end with half a year of silence. */
export const stars: PublicProgram = {
  name: 'one a dollar, faster tiers over twelve months, points that end with half a year of silence',
  ...{ currency: 'USD', timeZone: 'America/New_York', since: usual },
  ...{ document: starsDocument, play: playStars },
};

/** A season's collection: one per ten euros, a jolly, a refunded cup, all gone with one day. */
export const collection: PublicProgram = {
  name: 'a season’s collection: one per ten euros, a jolly, a refunded cup, all gone with one day',
  ...{ currency: 'EUR', timeZone: 'Europe/Rome', since: usual },
  ...{ document: collectionDocument, play: playCollection },
};

/** The calendar year: silver and gold by spend, gold earns faster and is greeted with points. */
export const calendarYear: PublicProgram = {
  name: 'the calendar year: silver and gold by spend, gold earns faster and is greeted with points',
  ...{ currency: 'EUR', timeZone: 'Europe/Berlin', since: moment('2025-01-01T00:00:00Z') },
  ...{ document: calendarYearDocument, play: playCalendarYear },
};

export const publicPrograms: readonly PublicProgram[] = [stars, collection, calendarYear];
