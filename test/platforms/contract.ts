import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signOf, type OrderSign } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { IssuedGrant } from '~/core/rewards/grants';
import type { MemberSummary } from '~/core/storefront/summary';
import type { ShippingOffer } from '~/core/tiers/shippingOffers';
import { asId, compareIds, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import type { MessageKeys, RawMessage } from '~/platforms/message';
import type { PlatformModule } from '~/platforms/module';
import type { IssueRequest, PastOrder, Platform, PlatformFailure } from '~/platforms/platform';
import { keepsTheContractOfOffers } from './contractOffers';
import { keepsTheContractOfGiftCards } from './contractGiftCards';
import { keepsTheContractOfStoreCredit } from './contractStoreCredit';
import { keepsTheContractOfProducts } from './contractProducts';

/** A shop of a platform, driven from its own side: what a merchant and shoppers do there, and what it sends of it. */
export type ShopUnderTest = {
  readonly module: PlatformModule;
  readonly platform: Platform;
  readonly keys: MessageKeys;
  readonly addCustomer: (part: { readonly email: string; readonly emailVerified: boolean }) => PlatformId;
  readonly mark: (customerId: PlatformId, marks: readonly string[]) => void;
  readonly product: PlatformId;
  readonly collection: PlatformId;
  /** A variant of that product, which costs 20.00 or so. */
  readonly variant: PlatformId;
  /** Somebody buys; the order's id, and what the shop sends of it. */
  readonly buy: (part: { readonly customerId: PlatformId; readonly code?: string; readonly at: Instant }) => Told;
  /** Refunds a unit, then some money, then cancels. */
  readonly refundUnit: (orderId: PlatformId) => Told;
  readonly refundMoney: (orderId: PlatformId) => Told;
  readonly cancel: (orderId: PlatformId) => Told;
  /** Somebody else makes a code of this text. */
  readonly makeForeignCode: (code: string) => void;
  readonly deleteCode: (code: string) => void;
  /** Nobody can buy it any more. */
  readonly sellOut: (variant: PlatformId) => void;
  readonly countCodes: () => number;
  /** What it offers of shipping to whoever wears a mark, by mark. */
  readonly offers: () => readonly Pick<ShippingOffer, 'mark' | 'minimumSubtotalMinor' | 'maxRateMinor'>[];
  readonly countCards: () => number;
  /** No more store credit than this fits into an account. */
  readonly limitCredit: (minor: number) => void;
  /** The gift card with a code; null: there is none. */
  readonly cardOf: (code: string) => {
    readonly amountMinor: number;
    readonly customerId: PlatformId | null;
    readonly lastDay: string | null;
  } | null;
  readonly publishedTo: (customerId: PlatformId) => unknown;
  /** From now on it fails so; `lost`: what is asked for next is done, and the answer does not come. null: no more. */
  readonly fail: (how: 'server_error' | 'time_out' | 'lost' | null) => void;
  /** Messages that are signed well. */
  readonly nonsense: RawMessage;
  readonly ofNoInterest: RawMessage;
  readonly close: () => Promise<void>;
};
type Told = { readonly orderId: PlatformId; readonly message: RawMessage };

const combinesWith = { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true };
const grants: Readonly<Record<Exclude<IssuedGrant['kind'], 'free_product'>, IssuedGrant>> = {
  amount_off: { kind: 'amount_off', amountMinor: 500, currency: 'EUR', minimumSubtotalMinor: null, combinesWith },
  gift_card: { kind: 'gift_card', amountMinor: 1000, currency: 'EUR', validDays: null },
  percent_off: { kind: 'percent_off', basisPoints: 1000, currency: 'EUR', minimumSubtotalMinor: null, combinesWith },
  free_shipping: {
    kind: 'free_shipping',
    currency: 'EUR',
    minimumSubtotalMinor: null,
    maxRateMinor: 900,
    countries: ['IT'],
    combinesWith,
  },
};
const summary: MemberSummary = {
  v: 1,
  available: 5,
  pending: 0,
  debt: 0,
  expiring: null,
  returning: null,
  codes: [],
  tier: null,
};
/** An id as another platform may write it: here it is nobody's and nothing's. */
const elsewhere = asId<PlatformId>('wc-7:a.b_c');
const nobody = asId<PlatformId>('999999');

const valueOf = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const flipped = ({ header, body }: RawMessage): RawMessage => {
  const other = Buffer.from(body);
  other[other.length - 2] = (other[other.length - 2] ?? 0) ^ 1;
  return { header, body: other };
};
const unsigned = (): null => null;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The contract of `platforms/platform.ts`, one sentence after the other, for a platform's module and a shop of it. */
export const keepsTheContract = (name: string, open: () => Promise<ShopUnderTest>): void => {
  describe(`${name} keeps the contract of all platforms`, () => {
    let shop: ShopUnderTest;
    let giulia: PlatformId;
    let platform: Platform;
    // Whole seconds, as platforms have them.
    const start = instant(Math.floor(Date.now() / 1000) * 1000 - 86_400_000);
    const [from, to] = [instant(start + 3_600_000), instant(start + 7_200_000)];
    // Orders around the beginning of that window, many of one moment at its end, and a refunded one behind it.
    let around: readonly PlatformId[];
    let many: readonly PlatformId[];
    beforeAll(async () => {
      shop = await open();
      ({ platform } = shop);
      giulia = shop.addCustomer({ email: 'giulia@example.org', emailVerified: true });
      around = [-1000, 0, 1000].map((ms) => shop.buy({ customerId: giulia, at: instant(from + ms) }).orderId);
      many = Array.from({ length: 60 }, () => shop.buy({ customerId: giulia, at: to }).orderId);
      const { orderId } = shop.buy({ customerId: giulia, at: instant(to + 1000) });
      for (const change of [shop.refundUnit, shop.cancel]) change(orderId);
    });
    afterEach(() => shop.fail(null));
    afterAll(() => shop?.close());

    const request = (code: string, part: Partial<IssueRequest> = {}): IssueRequest => ({
      redemptionId: asId<RedemptionId>('01890000-0000-7000-8000-000000000001'),
      code,
      title: `Fidelio · test · ${code}`,
      holder: { kind: 'customer', customerId: giulia },
      grant: grants.amount_off,
      startsAt: instant(Date.now() - 1000),
      endsAt: instant(Date.now() + 86_400_000),
      ...part,
    });
    const snapshotIn = (message: RawMessage): OrderSnapshot => {
      const received = shop.module.receive(message, shop.keys);
      const [told] = received.kind === 'told' ? received.messages : [];
      if (told?.kind !== 'order') throw new Error(`no order: ${JSON.stringify(received)}`);
      return told.snapshot;
    };
    const orderOf = async (id: PlatformId): Promise<OrderSnapshot | null> => valueOf(await platform.readOrder(id));
    /** All that a walk comes by; it waits where it is asked to. */
    const walk = async (since: Instant | null, from: string | null): Promise<readonly PastOrder[]> => {
      const seen: PastOrder[] = [];
      for (let resume = from, again = true; again;) {
        again = false;
        for await (const past of platform.pastOrders(since, resume)) {
          seen.push(past);
          if (past.kind !== 'wait') continue;
          ({ resume } = past);
          again = true;
          await wait(Math.min(200, past.seconds * 1000));
        }
      }
      return seen;
    };
    const ordersIn = (seen: readonly PastOrder[]) => seen.flatMap((past) => (past.kind === 'order' ? [past] : []));
    const pages = async <Item>(
      next: (cursor: string | null) => Promise<Result<{ items: readonly Item[]; next: string | null }, unknown>>,
    ): Promise<readonly Item[]> => {
      const seen: Item[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: readonly Item[]; next: string | null } = valueOf(await next(cursor));
        seen.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      return seen;
    };
    const listed = (from: Instant | null, to: Instant): Promise<readonly OrderSign[]> =>
      pages(async (cursor) => {
        const page = await platform.listOrders({ from, to }, cursor);
        return page.ok ? { ok: true, value: { items: page.value.orders, next: page.value.next } } : page;
      });

    test('a shop has a name, a currency, a time zone, and says how long points of an ended code wait', async () => {
      const facts = valueOf(await platform.readShop());
      expect(facts).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Rome' });
      expect(facts.name).not.toBe('');
      expect(facts.codeHoldMinutes).toBeGreaterThan(0);
    });

    test('an order’s message and the order read back are the same, also refunded and cancelled', async () => {
      valueOf(await platform.issueReward(request('SAME')));
      const { orderId, message } = shop.buy({ customerId: giulia, code: 'SAME', at: start });
      const bought = snapshotIn(message);
      expect(bought).toMatchObject({ orderId, customerId: giulia, currency: 'EUR', discountCodes: ['SAME'] });
      expect(await orderOf(orderId)).toEqual(bought);
      for (const change of [shop.refundUnit, shop.refundMoney, shop.cancel]) {
        const changed = snapshotIn(change(orderId).message);
        expect(changed, 'something changed').not.toEqual(bought);
        expect(await orderOf(orderId)).toEqual(changed);
      }
      const after = await orderOf(orderId);
      expect([after?.refunds.length, after?.cancelledAt === null]).toEqual([2, false]);
    });

    test('an order that there is not is null', async () => {
      expect(await platform.readOrder(nobody)).toEqual({ ok: true, value: null });
    });

    test('orders are listed by their updates, complete over pages and equal times, both ends included', async () => {
      const seen = await listed(from, to);
      expect(seen.map(({ orderId }) => orderId).sort(compareIds)).toEqual(
        [...around.slice(1), ...many].sort(compareIds),
      );
      expect(seen.map(({ updatedAt }) => updatedAt)).toEqual([from, from + 1000, ...many.map(() => to)]);
      for (const sign of seen.slice(0, 3)) expect(signOf((await orderOf(sign.orderId)) as OrderSnapshot)).toEqual(sign);
    });

    test('past orders are the orders, as they are read back, in an order that stays', async () => {
      const seen = ordersIn(await walk(null, null));
      expect(seen.length).toBeGreaterThan(60);
      for (const { order } of [...seen.slice(0, 2), ...seen.slice(-2)])
        expect(order).toEqual(await orderOf(order.orderId));
      const all = await listed(null, instant(Date.now() + 86_400_000));
      expect(seen.map(({ order }) => order.orderId).sort(compareIds)).toEqual(
        all.map(({ orderId }) => orderId).sort(compareIds),
      );
      expect(seen.some(({ order }) => order.refunds.length > 0)).toBe(true);
      expect(new Set(seen.map(({ resume }) => resume)).size).toBe(seen.length);
    });

    test('a walk through past orders is taken up behind each of its orders, nothing lost or repeated', async () => {
      const whole = ordersIn(await walk(null, null)).map(({ order, resume }) => ({ id: order.orderId, resume }));
      for (const [index, { resume }] of whole.entries())
        expect(ordersIn(await walk(null, resume)).map(({ order }) => order.orderId)).toEqual(
          whole.slice(index + 1).map(({ id }) => id),
        );
    });

    test('a walk says how many orders there are, and begins at a moment', async () => {
      const seen = await walk(to, null);
      const placed = ordersIn(seen).map(({ order }) => order.instant);
      expect(placed.length).toBe(61);
      expect(placed.every((moment) => moment >= to)).toBe(true);
      expect(seen.findLast(({ kind }) => kind === 'found')).toEqual({ kind: 'found', orders: 61 });
    });

    test('a code is made once, however often it is asked for', async () => {
      const before = shop.countCodes();
      const made = valueOf(await platform.issueReward(request('TWICE')));
      expect(valueOf(await platform.issueReward(request('TWICE')))).toEqual(made);
      expect(shop.countCodes()).toBe(before + 1);
    });

    test('everything is made that the module says can be made', async () => {
      for (const kind of shop.module.can.grants)
        if (kind !== 'free_product' && kind !== 'store_credit')
          expect(
            await platform.issueReward(request(`CAN${kind.replace('_', '')}`, { grant: grants[kind] })),
          ).toMatchObject({
            ok: true,
          });
    });

    keepsTheContractOfProducts(() => ({ shop, request }));
    keepsTheContractOfOffers(() => shop);
    keepsTheContractOfGiftCards(() => ({ shop, request }));
    keepsTheContractOfStoreCredit(() => ({ shop }));

    test('a code that is another’s is refused, whoever it is', async () => {
      valueOf(await platform.issueReward(request('OURS')));
      shop.makeForeignCode('SUMMER');
      const anna = shop.addCustomer({ email: 'anna@example.org', emailVerified: true });
      const others = [
        request('SUMMER'),
        request('OURS', { title: 'Another reward' }),
        request('OURS', { holder: { kind: 'customer', customerId: anna } }),
        request('OURS', { grant: { ...grants.amount_off, amountMinor: 501 } as IssuedGrant }),
      ];
      for (const other of others)
        expect(await platform.issueReward(other)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    });

    test('a code that ends before it begins, and one for nobody, are refused in the platform’s own words', async () => {
      for (const wrong of [
        request('PAST', { endsAt: instant(1000), startsAt: instant(2000) }),
        request('NOBODY', { holder: { kind: 'customer', customerId: nobody } }),
      ]) {
        const answer = await platform.issueReward(wrong);
        expect(answer).toMatchObject({ ok: false, error: { kind: 'refused', reasons: [expect.any(String)] } });
        expect(await platform.readRewardUse(wrong.code)).toEqual({ ok: true, value: { kind: 'unknown' } });
      }
    });

    test('an answer that got lost is made up for by asking again, without a second code', async () => {
      const before = shop.countCodes();
      shop.fail('lost');
      expect(await platform.issueReward(request('LOST'))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
      expect(shop.countCodes(), 'it was made').toBe(before + 1);
      shop.fail(null);
      const found = valueOf(await platform.issueReward(request('LOST')));
      expect(shop.countCodes()).toBe(before + 1);
      expect(await platform.readRewardUse('LOST')).toMatchObject({ value: { reference: found.reference } });
    });

    test('a code that is switched off cannot be used any more, and its use is still read', async () => {
      const { reference } = valueOf(await platform.issueReward(request('OFF')));
      shop.buy({ customerId: giulia, code: 'OFF', at: start });
      const use = async () => valueOf(await platform.readRewardUse('OFF'));
      expect(await use()).toEqual({ kind: 'known', reference, uses: 1, active: true });
      for (let turn = 0; turn < 2; turn += 1)
        expect(await platform.voidReward(reference)).toEqual({ ok: true, value: null });
      expect(await use()).toEqual({ kind: 'known', reference, uses: 1, active: false });
    });

    test('an unused code has no use; one that is gone is unknown, and switching it off no failure', async () => {
      const { reference } = valueOf(await platform.issueReward(request('UNUSED')));
      expect(await platform.readRewardUse('UNUSED')).toMatchObject({ value: { kind: 'known', uses: 0, active: true } });
      shop.deleteCode('UNUSED');
      expect(await platform.readRewardUse('UNUSED')).toEqual({ ok: true, value: { kind: 'unknown' } });
      expect(await platform.voidReward(reference)).toEqual({ ok: true, value: null });
    });

    test('an order that used a code and is cancelled counts as a use', async () => {
      valueOf(await platform.issueReward(request('CANCELLED')));
      shop.cancel(shop.buy({ customerId: giulia, code: 'CANCELLED', at: start }).orderId);
      expect(await platform.readRewardUse('CANCELLED')).toMatchObject({ value: { uses: 1 } });
    });

    test.each(['server_error', 'time_out'] as const)('%s: every call is unavailable, and none throws', async (how) => {
      shop.fail(how);
      const window = { from: null, to: start };
      const calls: readonly (() => Promise<Result<unknown, PlatformFailure | { readonly kind: 'unreadable' }>>)[] = [
        () => platform.readShop(),
        () => platform.readOrder(nobody),
        () => platform.listOrders(window, null),
        () => platform.issueReward(request('AWAY')),
        () => platform.voidReward('gid://shopify/DiscountCodeNode/1'),
        () => platform.readRewardUse('AWAY'),
        () => platform.publishMemberSummary(giulia, summary),
        () => platform.markCustomer(giulia, { add: ['x'], remove: [] }),
        () => platform.readProducts([shop.product]),
        () => platform.readVariants([shop.variant]),
        () => platform.readThings('product', [shop.product]),
        () => platform.readWords(),
        () => platform.readLabels([giulia]),
        () => platform.listLabels(window, null),
        () => platform.readCustomers([giulia]),
        () => platform.searchCustomers('giulia'),
        () => platform.findCustomersByEmail(['giulia@example.org']),
      ];
      const answers = await Promise.all(calls.map((call) => call()));
      expect(answers).toMatchObject(calls.map(() => ({ ok: false, error: { kind: 'unavailable' } })));
      expect((await walk(null, null)).at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } });
    });

    test('products are read with what rules ask of them; those that there are not are left out', async () => {
      const read = valueOf(await platform.readProducts([shop.product, nobody, elsewhere]));
      expect([...read.keys()]).toEqual([shop.product]);
      expect(read.get(shop.product)).toMatchObject({ tags: expect.any(Array) as unknown, saleVariants: [] });
    });

    test('the words of the shop are listed, those of its customers among them', async () => {
      shop.mark(shop.addCustomer({ email: 'worded@example.org', emailVerified: true }), ['Newsletter']);
      const words = valueOf(await platform.readWords());
      expect(words.customer_tag).toContain('Newsletter');
      expect(words.product_type).not.toEqual([]);
    });

    test('customers are read with their address and marks; those that there are not are left out', async () => {
      const id = shop.addCustomer({ email: 'read@example.org', emailVerified: false });
      shop.mark(id, ['Wholesale']);
      expect(valueOf(await platform.readCustomers([id, nobody, elsewhere]))).toEqual([
        {
          customerId: id,
          displayName: expect.stringMatching(/./) as unknown,
          email: 'read@example.org',
          emailVerified: false,
          marks: ['Wholesale'],
        },
      ]);
      expect([...valueOf(await platform.readLabels([id, nobody, elsewhere]))]).toEqual([[id, ['Wholesale']]]);
    });

    test('marks are given and taken away, others stay, and the same again changes nothing', async () => {
      const id = shop.addCustomer({ email: 'marked@example.org', emailVerified: true });
      shop.mark(id, ['vip', 'tier:base']);
      const marks = async () => valueOf(await platform.readCustomers([id]))[0]?.marks;
      for (let turn = 0; turn < 2; turn += 1) {
        expect(await platform.markCustomer(id, { add: ['tier:gold'], remove: ['tier:base'] })).toMatchObject({
          ok: true,
        });
        expect(await marks()).toEqual(['vip', 'tier:gold']);
      }
      expect(await platform.markCustomer(id, { add: [], remove: [] })).toMatchObject({ ok: true });
      expect(await marks()).toEqual(['vip', 'tier:gold']);
      for (const stranger of [nobody, elsewhere])
        expect(await platform.markCustomer(stranger, { add: ['x'], remove: [] })).toMatchObject({
          ok: false,
          error: { kind: 'refused' },
        });
    });

    test('customers whose marks changed are listed, those of before are not', async () => {
      const [before, after] = ['before', 'after'].map((who) =>
        shop.addCustomer({ email: `${who}@example.org`, emailVerified: true }),
      ) as [PlatformId, PlatformId];
      await wait(1100);
      const from = instant(Math.floor(Date.now() / 1000) * 1000);
      shop.mark(after, ['new']);
      const changed = await pages(async (cursor) => {
        const page = await platform.listLabels({ from, to: instant(Date.now() + 2000) }, cursor);
        return page.ok ? { ok: true, value: { items: page.value.customers, next: page.value.next } } : page;
      });
      expect(changed).toContainEqual({ customerId: after, labels: ['new'] });
      expect(changed.map(({ customerId }) => customerId)).not.toContain(before);
    });

    test('only an address that is proven finds its customer, in whatever case it is written', async () => {
      const proven = shop.addCustomer({ email: 'Proven@Example.org', emailVerified: true });
      shop.addCustomer({ email: 'claimed@example.org', emailVerified: false });
      const asked = ['proven@example.org', 'claimed@example.org', 'nobody@example.org', 'x" OR email:"proven'];
      expect([...valueOf(await platform.findCustomersByEmail(asked))]).toEqual([['proven@example.org', proven]]);
    });

    test('customers are found by a part of their name or address', async () => {
      const found = valueOf(await platform.searchCustomers('giulia@example'));
      expect(found.map(({ customerId }) => customerId)).toContain(giulia);
      expect(valueOf(await platform.searchCustomers('nobody of this name'))).toEqual([]);
    });

    test('what a member may see reaches the customer, and nobody else', async () => {
      expect(await platform.publishMemberSummary(giulia, summary)).toEqual({ ok: true, value: null });
      expect(shop.publishedTo(giulia)).toEqual(summary);
      for (const stranger of [nobody, elsewhere])
        expect(await platform.publishMemberSummary(stranger, summary)).toMatchObject({
          ok: false,
          error: { kind: 'refused' },
        });
    });

    test('an id as another platform writes it is nobody’s and nothing’s, and no failure', async () => {
      expect(await platform.readOrder(elsewhere)).toEqual({ ok: true, value: null });
      expect(
        await platform.issueReward(request('ELSEWHERE', { holder: { kind: 'customer', customerId: elsewhere } })),
      ).toMatchObject({ ok: false, error: { kind: 'refused' } });
    });

    test('a message without a signature is turned away unread, one with a wrong signature is refused', () => {
      const { message } = shop.buy({ customerId: giulia, at: start });
      expect(shop.module.turnAway(unsigned)).toMatchObject({ kind: 'refused', status: 401 });
      expect(shop.module.turnAway(message.header)).toBeNull();
      for (const wrong of [flipped(message), { ...message, header: unsigned }])
        expect(shop.module.receive(wrong, shop.keys)).toMatchObject({ kind: 'refused', status: 401 });
      expect(shop.module.receive(message, { ...shop.keys, secret: 'another' })).toMatchObject({ kind: 'refused' });
    });

    test('a message says which it is and of which shop; what cannot be read has a sentence', () => {
      const { message } = shop.buy({ customerId: giulia, at: start });
      const text = expect.stringMatching(/./) as unknown;
      const heading = { domain: text, topic: text, messageId: text };
      expect(shop.module.receive(message, shop.keys)).toMatchObject({ ...heading, kind: 'told' });
      expect(shop.module.receive(shop.ofNoInterest, shop.keys)).toEqual({ ...heading, kind: 'nothing' });
      expect(shop.module.receive(shop.nonsense, shop.keys)).toMatchObject({
        ...heading,
        kind: 'unreadable',
        status: 422,
        sentence: expect.stringMatching(/^The .*\.$/) as unknown,
      });
    });

    test('a message that was kept is read again as it was read before', () => {
      for (const { header, body } of [shop.buy({ customerId: giulia, at: start }).message, shop.nonsense]) {
        const received = shop.module.receive({ header, body }, shop.keys);
        if (received.kind === 'refused') throw new Error(received.sentence);
        const { topic } = received;
        const again = shop.module.readAgain({ topic }, Buffer.from(body).toString('utf8'), shop.keys.hashEmail);
        expect({ ...received, ...again }).toEqual(received);
        expect(again.kind).toBe(received.kind);
      }
    });
  });
};
