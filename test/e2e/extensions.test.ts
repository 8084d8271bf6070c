import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { pictureOf, publishRewards } from 'test/support/rewardStory';
import { startStory, type Story } from 'test/support/story';

/** The real scripts of the extensions in the local Shopify's pages, against the built app. */

const slow = 240_000;
let story: Story;
let shopper: Page;
let guest: Page;
let till: Page;
/** What went wrong in any of the pages without being shown. */
const errors: string[] = [];

const named = (it: string) => ({ ...perTongue(() => it), it });
const variantOf = (handle: string): number => {
  const product = story.launched.store.products.find((one) => one.handle === handle);
  if (product === undefined) throw new Error(`the shop has no ${handle}`);
  return product.variantId;
};
/** A product as a reward: made when the shop is there. */
const gift = (): Reward =>
  ({
    ...newReward('free_product', 'regalo', 'EUR'),
    enabled: true,
    points: 5,
    name: named('Un regalo'),
    variantIds: ['tazza-in-ceramica', 'quaderno'].map((handle) => String(variantOf(handle))),
  }) as Reward;
const rewards = [
  {
    ...newReward('amount_off', 'cinque', 'EUR'),
    enabled: true,
    points: 50,
    amountMinor: 500,
    name: named('Sconto di 5 €'),
  },
  { ...newReward('chosen_amount_off', 'scelta', 'EUR'), enabled: true },
  {
    ...newReward('donation', 'bosco', 'EUR'),
    enabled: true,
    points: 10,
    charity: 'Bosco',
    name: named('Un <b>albero</b>'),
  },
];

const watched = (page: Page): Page => page.on('pageerror', (error) => errors.push(error.message));
const frame = (page: Page, target: string): FrameLocator => page.frameLocator(`[data-extension="${target}"]`);
const checkout = (page: Page): FrameLocator => frame(page, 'purchase.checkout.reductions.render-after');
const thanks = (page: Page): FrameLocator => frame(page, 'purchase.thank-you.block.render');
const account = (): FrameLocator => frame(shopper, 'customer-account.page.render');
const goTo = (page: Page, path: string): Promise<unknown> => page.goto(`${story.launched.store.origin}${path}`);

const fill = async (page: Page, handle: string): Promise<void> => {
  await goTo(page, `/products/${handle}`);
  await page.evaluate(async () => {
    const id = document.querySelector<HTMLInputElement>('form[action^="/cart/add"] [name=id]')?.value;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
    await fetch('/cart/add.js', init);
  });
};

/** Both widths, in Italian and German. */
const pictures = async (page: Page, path: string, name: string, ready: () => Promise<void>): Promise<void> => {
  for (const locale of ['de', 'it']) {
    await goTo(page, `${path}${path.includes('?') ? '&' : '?'}locale=${locale}`);
    await ready();
    await pictureOf(page, `extension-${name}-${locale}`, true);
  }
};

beforeAll(async () => {
  story = await startStory('e2e-extensions');
  await publishRewards(story, [...rewards, gift()]);
  shopper = watched(await story.shopper('giulia.rossi@example.com'));
  guest = watched(await story.shopper(null));
  till = watched(await story.shopper(null));
}, slow);
afterAll(() => story.end());

test(
  'a guest learns in the checkout what the order earns, and after it what an account would bring',
  async () => {
    await fill(guest, 'cesto-regalo');
    await goTo(guest, '/checkout');
    await checkout(guest).getByText('Con questo ordine guadagni').waitFor();
    await checkout(guest).getByText('Accedi per usare il tuo saldo').waitFor();
    await guest.fill('input[name=email]', 'ospite@example.org');
    await guest.click('[name=pay]');
    await thanks(guest).getByText('Con un account, un ordine come questo porta').waitFor();
  },
  slow,
);

test(
  'an order says on the thank-you page what it brought',
  async () => {
    await fill(shopper, 'cesto-regalo');
    await goTo(shopper, '/checkout');
    await shopper.click('[name=pay]');
    await thanks(shopper)
      .getByText(/\b89 punti\b/)
      .first()
      .waitFor();
    await thanks(shopper).getByText('Hai 89 punti.').waitFor();
    const path = new URL(shopper.url()).pathname;
    await pictures(shopper, path, 'thanks', () => thanks(shopper).getByText(/89/).first().waitFor());
    const status = frame(shopper, 'customer-account.order-status.block.render');
    await pictures(shopper, `/customer${path}`, 'order', () => status.getByText(/89/).first().waitFor());
  },
  slow,
);

test(
  'points become a discount in the checkout, and come back when its code is given back',
  async () => {
    await fill(shopper, 'cesto-regalo');
    const ready = (): Promise<void> =>
      checkout(shopper)
        .getByText(/89 Punkte|89 punti/)
        .first()
        .waitFor();
    await pictures(shopper, '/checkout', 'checkout', ready);
    await checkout(shopper).getByRole('button', { name: 'Riscatta: Sconto di 5 €' }).click();
    await checkout(shopper).getByText('Lo sconto è nel tuo ordine.').waitFor();
    await shopper.locator('[data-checkout-discount]').getByText('−5,00 €').waitFor();
    await checkout(shopper).getByText('Hai 39 punti.').waitFor();
    await pictureOf(shopper, 'extension-checkout-redeemed', true);
    await checkout(shopper)
      .getByRole('button', { name: /Annulla codice/ })
      .click();
    await checkout(shopper).getByText('Il codice è annullato.').waitFor();
    await expect.poll(() => shopper.locator('[data-checkout-discount]').count()).toBe(0);
  },
  slow,
);

test(
  'the page of the program redeems what is given, shows every entry, and the profile leads there',
  async () => {
    await goTo(shopper, '/customer/profile');
    const profile = frame(shopper, 'customer-account.profile.block.render');
    await pictures(shopper, '/customer/profile', 'profile', () => profile.getByText(/39/).first().waitFor());
    await profile.getByRole('link').click();
    await shopper.waitForURL('**/customer/loyalty');
    await account().getByRole('button', { name: 'Riscatta: Un <b>albero</b>' }).click();
    await account().getByRole('heading', { name: '29 punti' }).waitFor();
    await account().getByText('Storico').waitFor();
    await pictures(shopper, '/customer/loyalty', 'account', () => account().getByText(/\+89/).waitFor());
  },
  slow,
);

test(
  'staff finds a member at the till, redeems for the cart, and the sale has the discount',
  async () => {
    await goTo(till, '/pos');
    await till.getByRole('button', { name: /Cesto regalo/i }).click();
    await frame(till, 'pos.home.tile.render')
      .getByRole('button', { name: /Fedeltà/ })
      .click();
    const counter = frame(till, 'pos.home.modal.render');
    await counter.getByRole('searchbox').fill('giulia');
    await counter.getByRole('button', { name: /Giulia Rossi/ }).click();
    await counter.getByRole('heading', { name: '29 punti' }).waitFor();
    await counter.getByRole('button', { name: 'Riscatta' }).first().click();
    await counter.getByText(/è nel carrello/).waitFor();
    await pictureOf(till, 'extension-till', true);
    await till.getByRole('button', { name: 'Chiudi' }).click();
    const details = frame(till, 'pos.customer-details.block.render');
    await details.getByText(/punti/).first().waitFor();
    await pictureOf(till, 'extension-till-customer', true);
    await till.getByRole('button', { name: 'Incassa' }).click();
    await till.locator('#told').getByText('#').waitFor();
    const order = [...story.launched.store.orders.values()].at(-1);
    expect(order?.discount_codes).toHaveLength(1);
  },
  slow,
);

const lastOrder = () => [...story.launched.store.orders.values()].at(-1);
/** The order's line of a product, and what its discount took off it. */
const giftIn = (handle: string) => {
  const order = lastOrder();
  const line = order?.line_items.find(({ variant_id: id }) => id === variantOf(handle));
  return { order, line, off: line?.discount_allocations.map(({ amount }) => amount) };
};
const ofVariant = (handle: string) => story.launched.store.products.find((one) => one.handle === handle);
const priceOf = (handle: string): string => ((ofVariant(handle)?.priceMinor ?? 0) / 100).toFixed(2);

test(
  'a product is chosen in the checkout: it comes into the order with its code, and is free',
  async () => {
    await fill(shopper, 'cesto-regalo');
    await pictures(shopper, '/checkout', 'checkout-products', () => checkout(shopper).getByRole('combobox').waitFor());
    const before = /Hai (\d+) punti/.exec(
      (await checkout(shopper)
        .getByText(/^Hai \d+ punti/)
        .textContent()) ?? '',
    );
    await checkout(shopper).getByRole('combobox').selectOption({ label: 'Quaderno' });
    await checkout(shopper).getByRole('button', { name: 'Riscatta: Un regalo' }).click();
    await checkout(shopper).getByText('Lo sconto è nel tuo ordine.').waitFor();
    await checkout(shopper)
      .getByText(`Hai ${Number(before?.[1]) - 5} punti`)
      .waitFor();
    await pictureOf(shopper, 'extension-checkout-product', true);
    await shopper.click('[name=pay]');
    await thanks(shopper)
      .getByText(/Hai \d+ punti/)
      .waitFor();
    const { order, line, off } = giftIn('quaderno');
    expect(order?.discount_codes).toHaveLength(1);
    expect([line?.quantity, off]).toEqual([1, [priceOf('quaderno')]]);
  },
  slow,
);

test(
  'a product that Shopify does not add in the checkout is not in the order, and its points come back',
  async () => {
    await fill(shopper, 'cesto-regalo');
    await goTo(shopper, '/checkout');
    const refusal = { json: { type: 'error', message: 'no' } };
    await shopper.route('**/devstore/extensions/discount', (route) => route.fulfill(refusal), { times: 1 });
    await checkout(shopper).getByRole('button', { name: 'Riscatta: Un regalo' }).click();
    await checkout(shopper)
      .getByText(/Non è stato possibile aggiungere il prodotto a questo ordine\. .+/)
      .waitFor();
    const { items } = (await (await shopper.request.get(`${story.launched.store.origin}/cart.js`)).json()) as {
      items: { variant_id: number }[];
    };
    expect(items.map(({ variant_id: id }) => id)).toEqual([variantOf('cesto-regalo')]);
    await goTo(shopper, '/customer/loyalty');
    await account()
      .getByText(/^55 punti di ritorno/)
      .first()
      .waitFor();
    await pictureOf(shopper, 'extension-account-returning', true);
  },
  slow,
);

test(
  'a product taken in the account leads to a cart with it and its code',
  async () => {
    await pictures(shopper, '/customer/loyalty', 'account-products', () => account().getByRole('combobox').waitFor());
    await account().getByRole('button', { name: 'Riscatta: Un regalo' }).click();
    await account()
      .getByText(/Lo trovi in «I tuoi codici»/)
      .waitFor();
    await pictures(shopper, '/customer/loyalty', 'account-product-code', () => account().getByRole('link').waitFor());
    await goTo(shopper, '/customer/loyalty?locale=it');
    await account().getByRole('link', { name: 'Metti il prodotto in un carrello' }).click();
    await shopper.waitForURL('**/cart');
    expect((await shopper.locator('[data-cart-total]').textContent())?.replace(/\s/g, ' ')).toBe('0,00 €');
    await goTo(shopper, '/checkout');
    await shopper.click('[name=pay]');
    await shopper.waitForSelector('[data-order-name]');
    expect(giftIn('tazza-in-ceramica').off).toEqual([priceOf('tazza-in-ceramica')]);
  },
  slow,
);

test(
  'a product is chosen at the till; refused by it the points come back, taken it is free',
  async () => {
    await goTo(till, '/pos?locale=it');
    await till.getByRole('button', { name: /Cesto regalo/i }).click();
    await frame(till, 'pos.home.tile.render').getByRole('button').click();
    const counter = frame(till, 'pos.home.modal.render');
    await counter.getByRole('searchbox').fill('giulia');
    await counter.getByRole('button', { name: /Giulia Rossi/ }).click();
    await counter.getByRole('radio').first().waitFor();
    await pictureOf(till, 'extension-till-products', true);
    const redeem = counter
      .locator('s-stack', { has: counter.getByRole('radio') })
      .last()
      .getByRole('button');
    const isOfCode = (body: string | null): boolean => body?.includes('"code"') === true;
    await till.route('**/pos/act', (route) => {
      if (!isOfCode(route.request().postData())) return route.fallback();
      return route.fulfill({ status: 422, body: 'no' });
    });
    await redeem.click();
    await counter.getByText(/La cassa non ha accettato il prodotto o il suo codice\. .+/).waitFor();
    await till.unroute('**/pos/act');
    await expect.poll(() => till.locator('#lines').textContent()).not.toContain('Tazza');
    await counter.getByRole('radio').last().check();
    await redeem.click();
    await counter.getByText(/è nel carrello/).waitFor();
    // The discount is one of a product: the till cannot take it out alone, and staff has to.
    const applied = counter.locator('s-stack', { hasText: 'Applicato a questo ordine' }).last();
    await expect.poll(() => till.locator('#lines').textContent()).toContain('Quaderno');
    await applied.getByRole('button', { name: 'Annulla codice' }).click();
    await counter.getByText(/La cassa non può togliere solo questo sconto/).waitFor();
    await pictureOf(till, 'extension-till-by-hand', true);
    await till.getByRole('button', { name: 'Chiudi' }).click();
    await till.getByRole('button', { name: 'Incassa' }).click();
    await till.locator('#told').getByText('#').waitFor();
    expect(giftIn('quaderno').off).toEqual([priceOf('quaderno')]);
  },
  slow,
);

test(
  'the till speaks the language of its staff',
  async () => {
    await goTo(till, '/pos?locale=de');
    await frame(till, 'pos.home.tile.render')
      .getByRole('button', { name: /Treueprogramm/ })
      .click();
    const counter = frame(till, 'pos.home.modal.render');
    await counter.getByRole('searchbox', { name: 'Name, Telefon oder E-Mail' }).fill('niemand-hier');
    await counter.getByText('Niemand gefunden.').waitFor();
    await pictureOf(till, 'extension-till-find-de', true);
  },
  slow,
);

test('no page of the extensions threw an error', () => {
  expect(errors).toEqual([]);
});
