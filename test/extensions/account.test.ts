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
  summary,
  tokenOf,
  type,
} from './support';
import { giftCode, giftProgram, giftRedeemed, gifts, holder } from './products';

const account = getExtension('customer-account.page.render', { configSearchDir: 'extensions/loyalty-account' });
const profile = getExtension('customer-account.profile.block.render', {
  configSearchDir: 'extensions/loyalty-profile',
});

const entry = (id: string, points: number, sentence: string) => ({
  ...{ id, kind: 'order', points, at: '2026-11-20T10:00:00Z', day: '20 November 2026', label: 'Order', sentence },
  ...{ steps: [`Step of ${id}`], why: {} },
});
const firstPage = { entries: [entry('a', 89, 'For an order of €89.00.')], next: 'cursor/1', returning: null };
const lastPage = { entries: [entry('b', -100, 'Spent.')], next: null };

type Answers = Parameters<typeof appAnswering>[0];
const begin = async (extension: typeof account | typeof profile, name: string, answers: Answers, locale: string) => {
  const app = appAnswering({
    summary: () => summary,
    rewards: () => ({ rewards }),
    history: ({ parameters }) => (parameters.get('before') === null ? firstPage : lastPage),
    redeem: () => redeemed(),
    cancel: () => cancelled,
    ...answers,
  });
  extension.fetch = app.fetch;
  extension.shopify.sessionToken.get = () => Promise.resolve(tokenOf('7'));
  Object.assign(extension.shopify.i18n, speaking(name, locale));
  extension.shopify.localization.extensionLanguage.value = { isoCode: locale };
  await extension.render();
  return app;
};

describe('the page of the program', () => {
  beforeEach(() => account.setUp());
  afterEach(() => {
    close(account);
    vi.resetModules();
  });
  const open = (answers: Answers = {}, locale = 'en') => begin(account, 'loyalty-account', answers, locale);

  test('shows balance, what is on its way and what ends, the way to the next tier, and every entry with its reason', async () => {
    await open();
    await sees('250 points');
    await sees('40 points on the way');
    await sees('30 points to be used by January 31, 2027');
    await sees('€80.00 more to Silver');
    await sees('For an order of €89.00.');
    await sees('Step of a');
    await sees('+89 points');
  });

  test('shows earlier entries behind the first ones, until there are no more', async () => {
    const app = await open();
    await press('Show earlier');
    await sees('−100 points');
    expect(app.of('history').at(-1)?.parameters.get('before')).toBe('cursor/1');
    expect(button('Show earlier')).toBeUndefined();
    expect(shown()).toContain('+89 points');
  });

  test('redeems without a cart: a code to copy', async () => {
    let isRedeemed = false;
    const app = await open({
      summary: () => ({ program, member: isRedeemed ? { ...member, available: 150, codes: [code] } : member }),
      redeem: () => ((isRedeemed = true), redeemed()),
    });
    await press(/^Redeem: .*5/);
    await sees(`Your code: ${code.code}.`);
    expect(app.of('redeem')[0]?.body).not.toHaveProperty('cart');
    await vi.waitFor(() => expect(button(/^Copy/)).toBeDefined());
    const item = document.body.querySelector('s-clipboard-item');
    expect(item?.getAttribute('text')).toBe(code.code);
    expect(button(/^Copy/)?.getAttribute('commandfor')).toBe(item?.id);
    expect(button(/^Copy/)?.getAttribute('command')).toBe('--copy');
    // What can be had and what happened depend on the balance.
    await vi.waitFor(() => expect(app.of('history').length).toBeGreaterThan(1));
  });

  test('redeems a product that was chosen, and leads to a cart of the shop with it and its code', async () => {
    let isRedeemed = false;
    const app = await open({
      summary: () => ({ program: giftProgram, member: isRedeemed ? holder : member }),
      rewards: () => ({ rewards: gifts() }),
      redeem: () => ((isRedeemed = true), giftRedeemed),
    });
    account.shopify.sessionToken.get = () => Promise.resolve(tokenOf('7', 'star.myshopify.com'));
    await sees('100 points + €2.90');
    await press('Redeem: A gift');
    await sees(`Your code: ${giftCode.code}. You find it under “Your codes”`);
    expect(app.of('redeem')[0]?.body).toMatchObject({ reward: 'gift', variant: '51' });
    expect(app.of('redeem')[0]?.body).not.toHaveProperty('cart');
    await sees('Free product · Cup');
    await vi.waitFor(() => expect(document.body.querySelector('s-link')).not.toBeNull());
    const link = new URL(document.body.querySelector('s-link')?.getAttribute('href') ?? '');
    expect([link.origin, link.pathname]).toEqual(['https://star.myshopify.com', '/cart/51:1']);
    expect([link.searchParams.get('discount'), link.searchParams.get('storefront')]).toEqual([giftCode.code, 'true']);
    const properties = Buffer.from(link.searchParams.get('properties') ?? '', 'base64url').toString();
    expect(JSON.parse(properties)).toEqual({ _fidelio: giftCode.code });
    await sees('use the code there under “Your codes”');
  });

  test('gives the code of a product alone where nobody says whose page it is', async () => {
    await open({ summary: () => ({ program: giftProgram, member: holder }), rewards: () => ({ rewards: gifts() }) });
    account.shopify.sessionToken.get = () => Promise.resolve(tokenOf('7', 'star.example.com'));
    await sees(giftCode.code);
    expect(document.body.querySelector('s-link')).toBeNull();
  });

  test('asks what a reward asks, and says in the app’s words what is given', async () => {
    const redemption = { id: code.redemption_id, state: 'issued', code: null };
    const app = await open({ redeem: () => redeemed({ redemption, given: 'We write to you by 12 May.', codes: [] }) });
    await sees('How many?');
    type('s-text-area', 'Two of us');
    const [visit] = rewards.filter(({ id }) => id === 'visit');
    await press(`Redeem: ${visit?.name ?? ''}`);
    await sees('We write to you by 12 May.');
    expect(app.of('redeem')[0]?.body).toMatchObject({ reward: 'visit', answer: 'Two of us' });
  });

  test('gives a code back', async () => {
    const app = await open({ summary: () => ({ program, member: { ...member, codes: [code] } }) });
    await press(/^Give back/);
    await sees('The code is cancelled. Your points are back by 18:30.');
    expect(app.of('cancel')[0]?.body).toEqual({ id: code.redemption_id });
  });

  test('says what is refused; a lost answer is asked for again with the same id', async () => {
    const answers = [() => problem(409, 'not_enough_points', 'Too few.'), lost, () => redeemed()];
    const app = await open({ redeem: () => answers.shift()?.() });
    await press(/^Redeem: .*5/);
    await sees('Too few.');
    await press(/^Redeem: .*5/);
    await sees('nothing is taken twice');
    await press(/^Redeem: .*5/);
    await sees('Your code');
    const [first, second, third] = app.of('redeem').map(({ body }) => body?.id);
    expect([first === second, second === third]).toEqual([false, true]);
  });

  test('leads somebody who is no member yet to the first order, and says where there is no program', async () => {
    await open({ summary: () => ({ program, member: null }) });
    await sees('Your first order opens your balance.');
    expect(button(/Redeem/)).toBeUndefined();
    close(account);
    account.setUp();
    await open({ summary: () => ({ program: null, member: null }) });
    await sees('There is no program yet.');
  });

  test('keeps the rest when only the history cannot be read, and reads it on the next press', async () => {
    let times = 0;
    await open({ history: () => (++times === 1 ? problem(503, 'shop_away', 'Not now.') : firstPage) });
    await sees('Not now.');
    expect(shown()).toContain('250 points');
    await press('Try again');
    await sees('Step of a');
  });

  test('shows who has to sign in again so', async () => {
    const app = await open({ summary: () => problem(401, 'bad_token', 'Please sign in.') });
    await sees('Please sign in.');
    // Once with the old token, and once with a new one.
    expect(app.of('summary')).toHaveLength(2);
  });

  test('shows script in what the app and the merchant say as text', async () => {
    const evil = '<img src=x onerror="window.hacked=1">';
    await open({ history: () => ({ ...firstPage, entries: [entry('x', 1, evil)] }) });
    await sees(evil);
    expect(document.body.querySelector('img')).toBeNull();
  });

  test.each(languages)('has every text in %s', async (locale) => {
    const returning = { points: 100, by: '2027-01-01T18:30', by_epoch: 4_000_000_000 };
    await open({ summary: () => ({ program, member: { ...member, debt: 5, returning, codes: [code] } }) }, locale);
    await sees('18:30');
    await vi.waitFor(() => expect(shown()).toContain('Step of a'));
    expect(shown().includes('History')).toBe(locale === 'en');
  });
});

describe('the profile', () => {
  beforeEach(() => profile.setUp());
  afterEach(() => close(profile));
  const open = (answers: Answers = {}, locale = 'en') => begin(profile, 'loyalty-profile', answers, locale);

  test('shows the balance and the tier, and leads to the page of the program', async () => {
    await open();
    await sees('You have 250 points.');
    await sees('€80.00 more to Silver');
    expect(document.body.querySelector('s-link')?.getAttribute('href')).toBe('extension:loyalty-account/');
  });
  test('says how somebody becomes a member, and what could not be read', async () => {
    await open({ summary: () => ({ program, member: null }) });
    await sees('Your first order opens your balance.');
    close(profile);
    profile.setUp();
    let times = 0;
    await open({ summary: () => (++times === 1 ? lost() : summary) });
    await press('Try again');
    await sees('You have 250 points.');
  });
  test.each(languages)('has every text in %s', async (locale) => {
    await open({}, locale);
    await vi.waitFor(() => expect(document.body.querySelector('s-link')).not.toBeNull());
    expect(shown().includes('You have')).toBe(locale === 'en');
  });
});
