import { expect, test } from 'vitest';
import { parseMoney } from '~/core/values/money';
import { discountLines } from 'test/devstore/checkout/discountLines';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { createDevstore, leastSum } from 'test/devstore/process/state';

const app = registrationFrom({ apiKey: 'k', apiSecret: 's', appUrl: 'http://localhost:1' });

test.each(['EUR', 'JPY'])('the orders of the local shop are of sums that exist in %s', (currency) => {
  const store = createDevstore(app, { currency });
  seedShop(store, { customers: 8, seed: 1 });
  const texts = [...store.orders.values()].flatMap((order) => [
    String(order.total_price),
    ...order.line_items.flatMap((line) => [line.price, ...line.tax_lines.map(({ price }) => price)]),
  ]);
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter((text) => !parseMoney(text, currency).ok)).toEqual([]);
});

test('a discount in yen is spread in whole yen, and the parts sum to it', () => {
  const store = createDevstore(app, { currency: 'JPY' });
  seedShop(store, { customers: 1, seed: 1 });
  const lines = store.products.slice(0, 3).map((product) => ({ product, quantity: 1 }));
  const off = { amountMinor: 100_000, percentage: null, shipping: null, items: null, buys: null };
  const [parts = []] = discountLines(store, lines, [off]);
  expect(parts.map((part) => part % leastSum('JPY'))).toEqual([0, 0, 0]);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(100_000);
});
