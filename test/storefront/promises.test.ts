import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { newReward, type Reward } from '~/core/rewards/section';
import type { ProgramDocument } from '~/core/program/document';
import { perTongue } from '~/core/values/text';
import { store, customer, product, held, page, discount } from './painted';

describe('nothing is promised that does not hold', () => {
  const base = defaultDocument('EUR', 'Europe/Rome');
  const withRewards = (...rewards: object[]): ProgramDocument => ({ ...base, rewards: rewards as Reward[] });
  const reward = (kind: Reward['kind'], id: string, fields: object): Reward =>
    ({ ...newReward(kind, id, 'EUR'), enabled: true, ...fields }) as Reward;
  const earning = (fields: object): ProgramDocument => ({ ...base, earning: { ...base.earning, ...fields } });
  const bonus = (conditions: readonly object[]) => ({
    ...{ id: 'b', name: perTongue(() => 'Scarpe'), enabled: true, conditions },
    effect: { kind: 'multiply', basisPoints: 20_000 },
  });

  test('a chosen amount with one choice costs and gives all of its steps', async () => {
    const chosen = { stepPoints: 20, stepAmountMinor: 100, minPoints: 100, maxPoints: 100 };
    const { text } = await page({
      member: { available: 500 },
      document: withRewards(reward('chosen_amount_off', 'one', chosen)),
    });
    expect(text).toContain('5,00 € · 100 punti');
  });
  test('names stand as the merchant wrote them', async () => {
    const points = { ...base.names.points, it: "punti d'oro & <b>" };
    const { text } = await page({
      member: { available: 500 },
      document: { ...base, names: { ...base.names, points } },
    });
    expect(text).toContain('89 punti d’oro &#38; &#60;b&#62;');
    expect(text).not.toContain('&#38;#39;');
  });
  test.each([
    ['every order', [], '2× punti su ogni ordine'],
    ['some', [{ kind: 'weekday', weekdays: [1] }], '2× punti'],
    ['some, on days that include today', [{ kind: 'dates', from: '2020-01-01', to: '2099-01-01' }], '2× punti'],
  ])('a bonus for %s says so', async (_name, conditions, words) => {
    const { text } = await page({ template: 'loyalty', document: earning({ bonuses: [bonus(conditions)] }) });
    expect(text).toContain(`Scarpe ${words}`);
    expect(text.includes('2× punti su ogni ordine')).toBe(conditions.length === 0);
  });
  test('a bonus whose days are over, or have not begun, is not told', async () => {
    for (const days of [
      { from: '2020-01-01', to: '2020-02-01' },
      { from: '2098-01-01', to: '2099-01-01' },
    ]) {
      const over = earning({ bonuses: [bonus([{ kind: 'dates', ...days }])] });
      expect((await page({ template: 'loyalty', document: over })).text).not.toContain('Scarpe');
    }
  });
  test('who is left out, and orders of a shop whose channel is left out, are promised nothing', async () => {
    const earns = async (exclude: object, tags: readonly string[]) => {
      if (customer !== null) Object.assign(customer, { tags });
      const document = earning({ exclude: { ...base.earning.exclude, ...exclude } });
      return (await page({ document })).text.includes('Con questo carrello guadagni');
    };
    expect(await earns({}, ['Wholesale'])).toBe(true);
    expect(await earns({ customerTags: ['wholesale'] }, ['Wholesale'])).toBe(false);
    expect(await earns({ customerTags: ['wholesale'] }, ['vip'])).toBe(true);
    expect(await earns({ channels: ['Web'] }, [])).toBe(false);
    expect(await earns({ channels: ['pos'] }, [])).toBe(true);
  });
  test('a discount of the order is taken off each line by its share', async () => {
    store.discounts.clear();
    discount('TEN', { amountMinor: 1000 });
    const lines = ['cesto-regalo', 'olio-extravergine-aurora'].map((handle) => ({
      ...{ variantId: product(handle).variantId, quantity: 1 },
    }));
    const exclude = { ...base.earning.exclude, productIds: [String(product('cesto-regalo').id)] };
    const { text } = await page({ document: earning({ exclude }), cart: { lines, codes: ['TEN'] } });
    store.discounts.clear();
    // 18.90 less 10.00 × 18.90 / 107.90.
    expect(text).toMatch(/guadagni 17 punti/);
  });
  test('in a cart of another currency no sum and no button stands', async () => {
    const { currency } = store.shop;
    Object.assign(store.shop, { currency: 'USD' });
    const { html, text } = await page({ member: { available: 5000 } });
    Object.assign(store.shop, { currency });
    expect(text).toContain('I premi non valgono per carrelli in questa valuta.');
    expect(html).not.toContain('data-redeem');
    expect(text).not.toContain('Con questo carrello guadagni');
  });
  test('the shipping of goods that a code made free may be made free, too', async () => {
    store.discounts.clear();
    discount('FREE', { amountMinor: 8900, variantId: product('cesto-regalo').variantId, orderDiscounts: true });
    const { html } = await page({
      ...{ member: { available: 500 }, cart: { codes: ['FREE'] } },
      document: withRewards(reward('free_shipping', 'ship', {})),
    });
    store.discounts.clear();
    expect(html).toContain('data-redeem="ship"');
  });
  test('a code below its minimum says the minimum', async () => {
    const big = reward('amount_off', 'five-off', { minimumSubtotalMinor: 20_000, points: 100, amountMinor: 500 });
    const { html, text } = await page({ member: { codes: [held] }, document: withRewards(big) });
    expect(text).toContain('Con una spesa minima di 200,00 €');
    expect(html).not.toContain('data-apply');
  });
  test.each([
    ['has ended', { window: { from: '2019-01-01', to: '2019-02-01' } }, {}],
    ['has not begun', { window: { from: '2098-01-01', to: '2099-02-01' } }, {}],
    ['is given no more', {}, { lastDay: '2020-01-01' }],
  ])('no hint leads to a reward that %s', async (_name, fields, redeeming) => {
    const soon = reward('amount_off', 'soon', {
      ...fields,
      points: 500,
      amountMinor: 500,
      name: perTongue(() => 'FRA POCO'),
    });
    const document = { ...withRewards(soon), redeeming: { ...base.redeeming, ...redeeming } };
    const nudge = async (available: number) =>
      /fidelio-nudge"[^]*?<\/p>/.exec((await page({ member: { available }, document })).html)?.[0] ?? '';
    expect(await nudge(10)).toBe('');
    expect(await nudge(5000)).toBe('');
  });
  test('a guest sees no reward that has ended, and reads when none is given', async () => {
    const ended = reward('amount_off', 'ended', {
      window: { from: '2019-01-01', to: '2019-02-01' },
      name: perTongue(() => 'FINITO'),
    });
    const { text } = await page({ guest: true, template: 'loyalty', document: withRewards(ended) });
    expect(text).not.toContain('FINITO');
    const paused = { ...base, redeeming: { ...base.redeeming, paused: true } };
    expect((await page({ guest: true, template: 'loyalty', document: paused })).text).toMatch(/premi.*(pausa|sospes)/i);
  });
});
