// @vitest-environment jsdom
import { getExtension } from '@shopify/ui-extensions-tester';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { languages } from './languages';
import {
  appAnswering,
  button,
  cancelled,
  close,
  code,
  lost,
  member,
  press,
  problem,
  program,
  redeemed,
  rewards,
  sees,
  shown,
  speaking,
  type,
} from './support';

const configSearchDir = 'extensions/loyalty-pos';
const counter = getExtension('pos.home.modal.render', { configSearchDir });
const tile = getExtension('pos.home.tile.render', { configSearchDir });
const block = getExtension('pos.customer-details.block.render', { configSearchDir });

type Answers = Parameters<typeof appAnswering>[0];
const atTheTill = { customer: '7', name: 'Giulia Rossi', program, member, rewards };
const found = {
  members: [
    { customer: '7', name: 'Giulia Rossi', detail: 'giulia@example.com', available: 250, tier: 'Silver' },
    { customer: '8', name: '<b>Gino</b>', detail: null, available: 0, tier: null },
  ],
};

const begin = async (extension: typeof counter | typeof tile | typeof block, answers: Answers, locale: string) => {
  const app = appAnswering({
    'pos/find': () => found,
    'pos/member': () => atTheTill,
    'pos/redeem': () => redeemed(),
    'pos/cancel': () => cancelled,
    ...answers,
  });
  extension.fetch = app.fetch;
  extension.shopify.session.getSessionToken = () => Promise.resolve('staff-token');
  Object.assign(extension.shopify.session.currentSession, { currency: 'EUR' });
  Object.assign(extension.shopify.i18n, speaking('loyalty-pos', locale));
  extension.shopify.locale.current.value = `${locale}-${locale.toUpperCase()}`;
  await extension.render();
  return app;
};

/** A cart over 89.00. The tester knows no property that is not there, so that nobody's cart says so. */
const tillCart = (customer: number | undefined, cartDiscounts: { amount: number; discountDescription: string }[]) => ({
  ...{ subtotal: '89.00', taxTotal: '0.00', grandTotal: '89.00', lineItems: [], properties: {}, editable: true },
  cartDiscounts,
  ...(customer === undefined ? ({ customer: undefined } as object) : { customer: { id: customer } }),
});

describe('the counter', () => {
  beforeEach(() => counter.setUp());
  afterEach(() => {
    close(counter);
    vi.resetModules();
    vi.useRealTimers();
  });

  /** A till with a cart over 89.00, of a customer if there is one. */
  const open = async (answers: Answers = {}, options: { locale?: string; customer?: number; code?: string } = {}) => {
    const { cart } = counter.shopify;
    const { customer, code: inCart, locale = 'en' } = options;
    cart.current.value = tillCart(customer, inCart === undefined ? [] : [{ amount: 5, discountDescription: inCart }]);
    const done: unknown[] = [];
    const note =
      (name: string) =>
      (value?: unknown): Promise<void> => {
        done.push(value === undefined ? [name] : [name, value]);
        return Promise.resolve();
      };
    cart.setCustomer = note('customer');
    cart.addCartCodeDiscount = note('code');
    cart.removeCartDiscount = note('no discount');
    return { ...(await begin(counter, answers, locale)), done, cart };
  };

  test('finds a member by what staff types, once typing stops, and puts the code and its owner into the cart', async () => {
    const app = await open();
    for (const text of ['r', 'ro', 'rossi']) type('s-search-field', text);
    await sees('giulia@example.com · Balance: 250 · Silver');
    expect(app.of('pos/find').map(({ parameters }) => parameters.get('q'))).toEqual(['rossi']);
    expect(app.asked[0]?.authorization).toBe('Bearer staff-token');
    await press(/Giulia Rossi/);
    await sees('250 points');
    await press('Redeem');
    await sees(`The code ${code.code} is in the cart.`);
    expect(app.done).toEqual([
      ['customer', { id: 7 }],
      ['code', code.code],
    ]);
    expect(app.of('pos/redeem')[0]?.body).toMatchObject({
      ...{ customer: '7', reward: 'five-off', points: 100 },
      cart: { subtotalMinor: 8900, remainingMinor: 8900, currency: 'EUR' },
    });
  });

  test('shows the cart’s own customer at once, and changes no customer then', async () => {
    const app = await open({}, { customer: 7 });
    await sees('250 points');
    expect(document.body.querySelector('s-text-area')?.getAttribute('maxLength')).toBe('500');
    await press('Redeem');
    await sees(`The code ${code.code} is in the cart.`);
    expect(app.done).toEqual([['code', code.code]]);
    await press('Find somebody else');
    await vi.waitFor(() => expect(document.body.querySelector('s-search-field')).not.toBeNull());
  });

  test('finds by a scan', async () => {
    const { scanner } = counter.shopify;
    let scan: ((result: { data?: string }) => void) | null = null;
    scanner.sources.current.value = ['camera'];
    scanner.scannerData.current.subscribe = (told) => {
      scan = told;
      return () => undefined;
    };
    const opened = vi.fn();
    scanner.showCameraScanner = opened;
    const app = await open();
    await press('Scan');
    expect(opened).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(scan).not.toBeNull());
    (scan as unknown as (result: { data?: string }) => void)({ data: ' 7000 ' });
    await sees('Giulia Rossi');
    expect(app.of('pos/find')[0]?.parameters.get('q')).toBe('7000');
  });

  test('says when nobody is found, when the app refuses, and shows names as text', async () => {
    const answers = [() => ({ members: [] }), () => problem(503, 'shop_away', 'Not now.'), () => found];
    await open({ 'pos/find': () => answers.shift()?.() });
    type('s-search-field', 'nobody');
    await sees('Nobody found.');
    type('s-search-field', 'gino');
    await sees('Not now.');
    await press('Try again');
    await sees('<b>Gino</b>');
    expect(document.body.querySelector('b')).toBeNull();
  });

  test('asks a lost redemption again with the same id, and says a refusal', async () => {
    const answers = [lost, () => problem(409, 'not_enough_points', 'Too few points.'), () => redeemed()];
    const app = await open({ 'pos/redeem': () => answers.shift()?.() }, { customer: 7 });
    await press('Redeem');
    await sees('nothing is taken twice');
    await press('Redeem');
    await sees('Too few points.');
    await press('Redeem');
    await sees('is in the cart');
    const [first, second, third] = app.of('pos/redeem').map(({ body }) => body?.id);
    expect([first === second, second === third]).toEqual([true, false]);
  });

  test('keeps the code with the member when the till does not take it', async () => {
    let isRedeemed = false;
    const after = { ...member, available: 150, codes: [code] };
    const answers = {
      'pos/member': () => (isRedeemed ? { ...atTheTill, member: after } : atTheTill),
      'pos/redeem': () => ((isRedeemed = true), redeemed()),
    };
    const app = await open(answers, { customer: 7 });
    app.cart.addCartCodeDiscount = () => Promise.reject(new Error('no'));
    await press('Redeem');
    await sees(`The till did not take the code ${code.code}.`);
    await sees('Valid until February 28, 2027');
  });

  test('gives a code back, and takes it out of the cart first if it is there', async () => {
    const held = { 'pos/member': () => ({ ...atTheTill, member: { ...member, codes: [code] } }) };
    const app = await open(held, { customer: 7, code: code.code });
    await sees('Applied to this order');
    await press('Give back');
    await sees('The code is cancelled. Your points are back by 18:30.');
    expect(app.done).toEqual([['no discount']]);
    expect(app.of('pos/cancel')[0]?.body).toEqual({ customer: '7', id: code.redemption_id });
  });

  test('says who is no member yet, and where there is no program', async () => {
    await open({ 'pos/member': () => ({ ...atTheTill, member: null }) }, { customer: 7 });
    await sees('Not a member yet: the first order makes one.');
    close(counter);
    counter.setUp();
    await open({ 'pos/member': () => ({ ...atTheTill, program: null, member: null }) }, { customer: 7 });
    await sees('There is no program yet.');
  });

  test('says once what keeps all rewards from being taken', async () => {
    const refused = rewards.map((one) => ({ ...one, refused: { kind: 'paused', reason: 'Rewards are resting.' } }));
    await open({ 'pos/member': () => ({ ...atTheTill, rewards: refused }) }, { customer: 7 });
    await sees('Rewards are resting.');
    expect(shown().split('Rewards are resting.')).toHaveLength(2);
  });

  test('tries a new token once, and says then that staff has to sign in', async () => {
    const app = await open({ 'pos/member': () => problem(401, 'bad_token', 'Please sign in.') }, { customer: 7 });
    await sees('Please sign in.');
    expect(app.of('pos/member')).toHaveLength(2);
  });

  test.each(languages)('has every text in %s', async (locale) => {
    const held = { 'pos/member': () => ({ ...atTheTill, member: { ...member, codes: [code] } }) };
    await open(held, { customer: 7, locale });
    await sees('Giulia Rossi');
    expect(button(speaking('loyalty-pos', locale).translate('codes.apply'))).toBeDefined();
    expect(shown().includes('Rewards')).toBe(locale === 'en');
  });
});

describe('the tile', () => {
  beforeEach(() => tile.setUp());
  afterEach(() => close(tile));
  test.each(languages)('leads to the counter and asks the app nothing, in %s', async (locale) => {
    const presented = vi.fn();
    tile.shopify.cart.current.value = tillCart(undefined, []);
    tile.shopify.action.presentModal = presented;
    const app = await begin(tile, {}, locale);
    const words = speaking('loyalty-pos', locale);
    await vi.waitFor(() => expect(button(words.translate('tile.title'))).toBeDefined());
    expect(shown()).toContain(words.translate('tile.find'));
    button(words.translate('tile.title'))?.click();
    expect(presented).toHaveBeenCalledOnce();
    expect(app.asked).toEqual([]);
  });
});

describe('a customer’s details', () => {
  beforeEach(() => {
    block.setUp();
    block.shopify.customer.id = 7;
  });
  afterEach(() => close(block));
  test('show the balance and the tier', async () => {
    const tier = { ...member.tier, id: 'silver' };
    const app = await begin(block, { 'pos/member': () => ({ ...atTheTill, member: { ...member, tier } }) }, 'en');
    await sees('250 points');
    await sees('Tier: Silver');
    expect(app.of('pos/member')[0]?.parameters.get('customer')).toBe('7');
  });
  test('say who is no member yet, and what could not be read', async () => {
    let times = 0;
    const answers = { 'pos/member': () => (++times === 1 ? lost() : { ...atTheTill, member: null }) };
    await begin(block, answers, 'en');
    await sees('Something did not work.');
    await press('Try again');
    await sees('Not a member yet');
  });
  test.each(languages)('have every text in %s', async (locale) => {
    await begin(block, {}, locale);
    await vi.waitFor(() => expect(shown()).toMatch(/250/));
    expect(button(speaking('loyalty-pos', locale).translate('tile.open'))).toBeDefined();
  });
});
