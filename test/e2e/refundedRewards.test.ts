import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, rewardKinds, type Reward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { publishRewards } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

/**
 * Each kind of reward, taken in the shop's cart, used with an order, and that order refunded in part, then as a whole.
 * One point a euro; a basket costs 89.00, a cup 24.00, shipping 5.90.
 */
const slow = 240_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;
let points = 0;

const on = { enabled: true };
const rewardsWith = (cup: number) => [
  { ...newReward('amount_off', 'five', 'EUR'), ...on, points: 20, amountMinor: 500 },
  { ...rewardKinds.chosen_amount_off.model('EUR'), id: 'choice', ...on, stepPoints: 5, minPoints: 5 },
  { ...newReward('percent_off', 'ten', 'EUR'), ...on, points: 15, basisPoints: 1000, capMinor: 500 },
  { ...newReward('free_shipping', 'ship', 'EUR'), ...on, points: 10 },
  { ...newReward('free_product', 'cup', 'EUR'), ...on, points: 10, copayMinor: 290, variantIds: [String(cup)] },
  { ...newReward('gift_card', 'card', 'EUR'), ...on, points: 60, amountMinor: 3000, validDays: 365 },
  { ...newReward('store_credit', 'credit', 'EUR'), ...on, points: 60, amountMinor: 3000, validDays: 90 },
  { ...newReward('pool_code', 'cinema', 'EUR'), ...on, points: 20 },
  { ...newReward('donation', 'wood', 'EUR'), ...on, points: 10, charity: 'Bosco Vivo' },
  {
    ...newReward('experience', 'cellar', 'EUR'),
    ...{ ...on, points: 30, question: perTongue(() => 'Quante persone siete?') },
  },
];

const at = (path: string): Promise<unknown> => shopper.goto(`${story.launched.store.origin}${path}`);
const available = async (): Promise<number> => {
  await at('/cart');
  return Number(await shopper.locator('[data-fidelio-available]').first().textContent());
};
/** The balance changes by so many points, and then stays there. */
const moves = async (by: number): Promise<void> => {
  points += by;
  await expect.poll(available, { timeout: 60_000 }).toBe(points);
};
const bring = async (handle: string, quantity: number): Promise<void> => {
  await at(`/products/${handle}`);
  await shopper.fill('input[name=quantity]', String(quantity));
  await shopper.click('button[name=add]');
  await shopper.waitForURL('**/cart');
};
const redeem = async (id: string, answer: string | RegExp = 'Lo sconto è nel carrello.'): Promise<void> => {
  await shopper.click(`[data-redeem=${id}]`);
  await shopper.locator('.fidelio-rewards__status:visible').getByText(answer).waitFor();
};
const pay = async (before: () => Promise<void> = () => Promise.resolve()): Promise<string> => {
  await at('/checkout');
  await before();
  await shopper.click('button[name=pay]');
  return (await shopper.locator('[data-order-name]').textContent()) ?? '';
};
const orderNamed = (name: string) => {
  const found = [...story.launched.store.orders.values()].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no order ${name}`);
  return found;
};
const refundOne = async (name: string, title?: RegExp): Promise<void> => {
  const { id, line_items: lines } = orderNamed(name);
  const line = lines.find((one) => title?.test(String(one.title)) ?? true);
  const answer = await fetch(`${story.launched.store.origin}/devstore/orders/${id}/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines: [{ lineId: line?.id, quantity: 1 }] }),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
};

beforeAll(async () => {
  story = await startStory('refunded-rewards');
  const cup = story.launched.store.products.find(({ handle }) => handle === 'tazza-in-ceramica');
  await publishRewards(story, rewardsWith(cup?.variantId ?? 0) as readonly Reward[]);
  merchant = await story.merchant();
  shopper = await story.shopper('giulia.rossi@example.com');
}, slow);

afterAll(() => story?.end(), slow);

test('there are points to spend', { timeout: slow }, async () => {
  await bring('cesto-regalo', 6);
  await pay();
  await moves(6 * 89);
});

describe('what became a code', () => {
  test.each([
    // 5.00 of 178.00: each basket brings half of 173 points, and half of what was spent comes back.
    { id: 'five', spent: 20, brings: 173, first: 86, back: 10 },
    // 10.00 for 50 points.
    { id: 'choice', spent: 50, brings: 168, first: 84, back: 25 },
    // 10 % up to 5.00: 7.5 points are 8, and the whole is 15.
    { id: 'ten', spent: 15, brings: 173, first: 86, back: 8 },
    // Of the shipping nothing comes back with a part.
    { id: 'ship', spent: 10, brings: 178, first: 89, back: 0 },
  ])('$id: with a part of the order comes that part, with the whole order the rest', { timeout: slow }, async (one) => {
    await bring('cesto-regalo', 2);
    if (one.id === 'choice') {
      await shopper.fill('[data-reward=choice] [data-typed]', '50');
      await shopper.locator('[data-reward=choice] [data-typed]').blur();
    }
    await redeem(one.id);
    const name = await pay();
    await moves(one.brings - one.spent);
    await refundOne(name);
    await moves(one.back - one.first);
    await refundOne(name);
    await moves(one.spent - one.back - (one.brings - one.first));
    expect(orderNamed(name).financial_status).toBe('refunded');
  });

  test('a product: it comes back with itself, and not with anything else', { timeout: slow }, async () => {
    await bring('cesto-regalo', 1);
    await redeem('cup');
    const name = await pay();
    // 91.90: 88 points for the basket, 3 for the 2.90 of the cup.
    await moves(91 - 10);
    await refundOne(name, /Cesto/);
    await moves(-88);
    await refundOne(name, /Tazza/);
    await moves(10 - 3);
  });
});

describe('what is final', () => {
  test('nothing of it comes back, and the order’s own points go right', { timeout: slow }, async () => {
    await merchant.open('/app/codes/cinema');
    const file = { name: 'codici.csv', mimeType: 'text/csv', buffer: Buffer.from('CINE-AAA,2099-12-31\n') };
    await merchant.admin.locator('input[type=file]').setInputFiles(file);
    await merchant.admin.getByText('1 codice aggiunto.').first().waitFor();
    await bring('tazza-in-ceramica', 2);
    await redeem('wood', '5,00 € vanno a Bosco Vivo. Grazie!');
    await redeem('cinema', /Il tuo codice: CINE-AAA, valido fino al/);
    await shopper.fill('[data-reward=cellar] textarea', 'Siamo in due');
    await redeem('cellar', /È tua: ti scriviamo entro (il |l’)/);
    const name = await pay();
    await moves(48 - 60);
    await refundOne(name);
    await moves(-24);
    await refundOne(name);
    await moves(-24);
  });

  test('a gift card: each refund goes to the card first, as far as it paid', { timeout: slow }, async () => {
    await bring('tazza-in-ceramica', 2);
    await redeem('card', /Il tuo buono regalo da 30,00\s€: [A-Z0-9]{14}/);
    const [card] = story.launched.store.giftCards.values();
    const name = await pay(async () => {
      await shopper.fill('input[name=card]', card?.code ?? '');
      await shopper.click('button[name=use-card]');
    });
    expect(card?.balanceMinor).toBe(0);
    await moves(48 - 60);
    await refundOne(name);
    await moves(-24);
    expect(card?.balanceMinor).toBe(2400);
    await refundOne(name);
    await moves(-24);
    expect(card?.balanceMinor).toBe(3000);
  });

  test(
    'store credit from points: the account has again what it paid, the points stay spent',
    { timeout: slow },
    async () => {
      const { store } = story.launched;
      await bring('tazza-in-ceramica', 2);
      await redeem('credit', /30,00\s€ sono sul tuo account/);
      const name = await pay(async () => shopper.click('button[name=use-credit]'));
      expect(orderNamed(name).payment_gateway_names).toEqual(['shopify_store_credit', 'shopify_payments']);
      await moves(48 - 60);
      const movements = () =>
        [...store.creditAccounts.values()].flatMap(({ transactions }) =>
          transactions.map(({ event, minor }) => `${event} ${minor}`),
        );
      expect(movements()).toEqual(['ADJUSTMENT 3000', 'ORDER_PAYMENT 3000']);
      await refundOne(name);
      await moves(-24);
      expect(movements().slice(2)).toEqual(['ORDER_REFUND 2400']);
      await refundOne(name);
      await moves(-24);
      // 18.00 were paid by the bank: they go back there.
      expect(movements().slice(2)).toEqual(['ORDER_REFUND 2400', 'ORDER_REFUND 600']);
      expect(orderNamed(name).financial_status).toBe('refunded');
    },
  );
});
