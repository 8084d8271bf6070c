import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { memoryModule } from '~/platforms/memory/module';
import { memoryMessage } from '~/platforms/memory/receive';
import { createMemoryShop } from '~/platforms/memory/shop';
import { line, order, refund } from 'test/support/builders';
import { keepsTheContract, type ShopUnderTest } from './contract';

const secret = 'secret';

const open = (): Promise<ShopUnderTest> => {
  const shop = createMemoryShop({ pageSize: 20 });
  const module = memoryModule(() => shop);
  const access = {
    fetch: () => Promise.reject(new Error('nothing is fetched')),
    token: () => Promise.resolve(null),
    hashEmail: (email: string) => `hash of ${email}`,
  };
  let next = 5000;
  let messages = 0;
  const headingOf = (topic: string) => ({ domain: 'memory', topic, messageId: `m${(messages += 1)}` });
  const tell = (snapshot: OrderSnapshot) => {
    shop.place(snapshot);
    const message = memoryMessage(headingOf('order'), { kind: 'order', snapshot }, secret);
    return { orderId: snapshot.orderId, message };
  };
  const change = (orderId: PlatformId, part: (before: OrderSnapshot) => Partial<OrderSnapshot>) => {
    const before = shop.orders.now(orderId)?.state;
    if (before === undefined) throw new Error('no order');
    return tell({ ...before, updatedAt: instant(before.updatedAt + 1000), ...part(before) });
  };
  shop.products.set('31', { type: 'Tea', tags: ['bio'], collections: [], saleVariants: [] });
  const picture = 'https://shop.example.org/tea.png';
  const tea = asId<PlatformId>('31');
  const made = { variantId: tea, productId: tea, vendor: 'Hill Farm', handle: 'tea' };
  const sold = { ...made, priceMinor: 2000, currency: 'EUR', isAvailable: true };
  shop.variants.set('31', sold);
  for (const kind of ['product', 'collection', 'variant'])
    shop.things.set(`${kind} 31`, { id: tea, title: 'Tea', picture });
  return Promise.resolve({
    module,
    platform: module.open({ platform: 'memory', domain: 'memory' }, access),
    keys: { secret, hashEmail: access.hashEmail },
    addCustomer: (part) => {
      const id = String((next += 1));
      shop.putCustomer(id, part);
      return asId<PlatformId>(id);
    },
    mark: (id, marks) => shop.putCustomer(id, { marks }, instant(Date.now())),
    product: tea,
    collection: tea,
    variant: tea,
    buy: ({ customerId, code, at }) =>
      tell(
        order({
          orderId: (next += 1),
          customerId,
          instant: at,
          createdAt: at,
          updatedAt: at,
          discountCodes: code === undefined ? [] : [code],
          lines: [line({ quantity: 2, listMinor: 2000 })],
        }),
      ),
    refundUnit: (orderId) =>
      change(orderId, ({ refunds, lines, updatedAt }) => ({
        refunds: [...refunds, refund({ refundId: 1, at: updatedAt, lines: [[1, 1]] })],
        lines: lines.map((one) => ({ ...one, currentQuantity: 1 })),
        financialStatus: 'partially_refunded',
      })),
    refundMoney: (orderId) =>
      change(orderId, ({ refunds, updatedAt }) => ({
        refunds: [...refunds, refund({ refundId: 2, at: updatedAt, adjustmentMinor: -300 })],
      })),
    cancel: (orderId) => change(orderId, ({ updatedAt }) => ({ cancelledAt: instant(updatedAt + 1000) })),
    makeForeignCode: (code) => {
      const [made] = shop.codes.values();
      if (made === undefined) throw new Error('no code was made yet');
      shop.codes.set(code, { ...made, request: { ...made.request, code, title: 'Summer sale' } });
    },
    sellOut: () => void shop.variants.set('31', { ...sold, isAvailable: false }),
    deleteCode: (code) => void shop.codes.delete(code),
    countCodes: () => shop.codes.size,
    offers: () => [...shop.offers].sort((a, b) => a.mark.localeCompare(b.mark)),
    limitCredit: (minor) => void (shop.creditLimitMinor = minor),
    countCards: () => [...shop.codes.values()].filter(({ request: { grant } }) => grant.kind === 'gift_card').length,
    cardOf: (code) => {
      const request = shop.codes.get(code)?.request;
      if (request?.grant.kind !== 'gift_card' || request.holder.kind !== 'customer') return null;
      const { grant, holder, lastDay = null } = request;
      return { amountMinor: grant.amountMinor, customerId: holder.customerId, lastDay };
    },
    publishedTo: (customerId) => shop.published.get(customerId),
    fail: (how) => {
      shop.failure = how === null ? null : how === 'lost' ? { kind: 'lost' } : { kind: 'unavailable', reason: how };
    },
    nonsense: memoryMessage(headingOf('order'), { kind: 'nonsense' }, secret),
    ofNoInterest: memoryMessage(headingOf('other'), { kind: 'nonsense' }, secret),
    close: () => Promise.resolve(),
  });
};

keepsTheContract('the shop in memory', open);
