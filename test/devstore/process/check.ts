import { randomUUID } from 'node:crypto';
import { idToken } from '../admin-api/auth';
import { createMerchant, createShopper, until } from '../storefront/shopper';
import { minor, type Devstore, type OrderPayload } from './state';

type Step = { readonly name: string; readonly ok: boolean; readonly expected: unknown; readonly actual: unknown };

/**
 * Points by the default program, worked out here a second time: 1 for every whole unit of what the lines cost after
 * discounts.
 */
const pointsOf = (order: OrderPayload): number => {
  const paid = order.line_items.reduce(
    (sum, line) =>
      sum +
      minor(line.price) * line.quantity -
      line.discount_allocations.reduce((off, one) => off + minor(one.amount), 0),
    0,
  );
  return Math.floor(paid / 100);
};

type MemberData = {
  readonly entries: readonly { readonly points: number }[];
  readonly balance: { readonly available: number; readonly pending: number };
};

/**
 * Drives the main job once by HTTP: order, points, redemption, an order with the code, and what the ledger says of it
 * all.
 */
export const checkMainJob = async (
  store: Devstore,
): Promise<{ readonly ok: boolean; readonly steps: Readonly<Record<string, Omit<Step, 'name'>>> }> => {
  const steps: Step[] = [];
  const note = (name: string, expected: unknown, actual: unknown): void => {
    steps.push({ name, ok: JSON.stringify(expected) === JSON.stringify(actual), expected, actual });
  };
  const merchant = createMerchant(store, idToken);
  const started = await merchant.submit('/app/start', 'routes/app.start', {
    language: 'it',
    point: 'punto',
    points: 'punti',
  });
  note('program', 204, started.status);

  const shopper = createShopper(store.origin);
  const email = 'nuova.cliente@example.com';
  await shopper.signIn(email);
  const basket = store.products.find(({ handle }) => handle === 'cesto-regalo');
  if (basket === undefined) throw new Error('The shop has no basket.');

  const first = orderOf(store, await shopper.buy([{ variantId: basket.variantId, quantity: 2 }]));
  note('order', '178.00', first.subtotal_price);

  const earned = pointsOf(first);
  const balance = await until(shopper.balance, ({ available }) => available === earned);
  note('points', earned, balance.available);

  const wish = {
    id: randomUUID(),
    reward: 'five-off',
    points: 100,
    cart: { subtotalMinor: basket.priceMinor, currency: 'EUR' },
  };
  const redeemed = (await (await shopper.redeem(wish)).json()) as {
    redemption?: { state: string; code: string | null };
    balance?: { available: number };
  };
  note(
    'redeem',
    { state: 'issued', available: earned - 100 },
    { state: redeemed.redemption?.state, available: redeemed.balance?.available },
  );

  const code = redeemed.redemption?.code ?? '';
  await shopper.post('/cart/add.js', { id: basket.variantId, quantity: 1 });
  await shopper.post('/cart/update.js', { discount: code });
  const second = orderOf(store, await shopper.buy([]));
  note(
    'order_with_code',
    { codes: [code], discount: '5.00' },
    { codes: second.discount_codes.map((one) => one.code), discount: second.total_discounts },
  );

  const expected = earned - 100 + pointsOf(second);
  const last = await until(shopper.balance, ({ available }) => available === expected);
  const member = await memberOf(merchant, email);
  const sum = member.entries.reduce((total, entry) => total + entry.points, 0);
  const painted = await until(
    () => Promise.resolve(paintedBalance(store, email)),
    (value) => value === expected,
  );
  note(
    'balance',
    { available: expected, ledger: expected, metafield: expected, entries: 3 },
    { available: last.available, ledger: sum, metafield: painted, entries: member.entries.length },
  );

  return { ok: steps.every(({ ok }) => ok), steps: Object.fromEntries(steps.map(({ name, ...step }) => [name, step])) };
};

const orderOf = (store: Devstore, id: number): OrderPayload => {
  const order = store.orders.get(id);
  if (order === undefined) throw new Error(`There is no order ${id}.`);
  return order;
};

const memberOf = async (merchant: ReturnType<typeof createMerchant>, email: string): Promise<MemberData> => {
  const list = await merchant.data<{ members: { memberId: string }[] }>(
    `/app/members?q=${encodeURIComponent(email.split('@')[0]?.replace('.', ' ') ?? '')}`,
    'routes/app.members._index',
  );
  const id = list.members[0]?.memberId;
  if (id === undefined) throw new Error('The admin does not find the member.');
  return merchant.data<MemberData>(`/app/members/${id}`, 'routes/app.members.$id');
};

/** What Liquid would paint: the customer's app-owned metafield. */
const paintedBalance = (store: Devstore, email: string): number | null => {
  const customer = [...store.customers.values()].find((one) => one.email === email);
  const metafield = store.metafields.get(`gid://shopify/Customer/${customer?.id ?? 0}|$app|loyalty`);
  return metafield === undefined ? null : (JSON.parse(metafield.value) as { available: number }).available;
};
