import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { newReward, type Reward } from '~/core/rewards/section';
import type { ProgramDocument } from '~/core/program/document';
import type { SoldVariant } from '~/core/rewards/quote';
import { asId } from '~/core/values/ids';
import { icons } from '~/core/values/icons';
import { iconShapes } from '~/ui/LoyaltyIcon';
import { store, product, held, page, discount } from './painted';

const stars = (): ProgramDocument => {
  const document = defaultDocument('EUR', 'Europe/Rome');
  const { program, point, points } = document.names;
  return {
    ...document,
    names: {
      program: { ...program, it: 'Il club' },
      point: { ...point, it: 'stella' },
      points: { ...points, it: 'stelle' },
    },
  };
};

describe('the look of the program in the shop', () => {
  const looking = (look: ProgramDocument['look']) =>
    page({ member: { available: 200 }, document: { ...stars(), look } });

  test('without an accent and an icon it is the theme’s', async () => {
    const { html } = await looking({ accent: null, icon: null });
    expect(html).not.toContain('--fidelio-accent:');
    expect(html).not.toContain('fidelio-icon"');
  });
  test('buttons wear the accent, with text that can be read on it', async () => {
    const { html } = await looking({ accent: '#ffcc00', icon: null });
    expect(html).toMatch(/<fidelio-rewards\s[^>]*style="--fidelio-accent: #ffcc00; --fidelio-on-accent: #000000"/);
  });
  test.each(icons)('the balance has a %s beside it, of the same shape as in the admin', async (icon) => {
    const { html, text } = await page({
      template: 'index',
      member: { available: 200 },
      document: { ...stars(), look: { accent: null, icon } },
    });
    const shape = iconShapes[icon];
    expect(html).toContain(`<path d="${shape}"/>`);
    expect(text).toContain('200 stelle');
  });
});

describe('numbers, days and plurals of the storefront', () => {
  const expiring = { points: 582, on: '2027-11-30' };
  test.each([
    ['it', '13.304 punti', '582 punti in scadenza: 30 novembre 2027'],
    ['en', '13,304 points', '582 points to use by 30 November 2027'],
    ['de', '13.304 Punkte', '582 Punkte einlösbar bis 30. November 2027'],
    ['fr', '13\u202f304 points', '582 points à utiliser avant le 30 novembre 2027 inclus'],
    ['es', '13.304 puntos', '582 puntos para usar hasta el 30 de noviembre de 2027'],
  ])('are written as people write them: %s', async (locale, balance, last) => {
    const { text } = await page({ locale, member: { available: 13_304, expiring } });
    expect(text).toContain(balance);
    expect(text).toContain(last);
    expect(text).not.toContain('Translation missing');
  });
  test('numbers of every size are grouped', async () => {
    for (const [number, written] of [
      [0, '0 punti'],
      [1, '1 punto'],
      [999, '999 punti'],
      [1000, '1.000 punti'],
      [1_000_001, '1.000.001 punti'],
      [999_999_999, '999.999.999 punti'],
    ] as const)
      expect((await page({ member: { available: number } })).text).toContain(` ${written} `);
  });
  test('one point, one star: verb and noun agree', async () => {
    expect((await page({ member: { available: 99 }, document: stars() })).text).toContain('Ti manca 1 stella');
    expect((await page({ member: { available: 98 }, document: stars() })).text).toContain('Ti mancano 2 stelle');
    expect((await page({ locale: 'es', member: { available: 99 } })).text).toContain('Te falta 1 punto');
    expect((await page({ locale: 'de', member: { available: 99 } })).text).toContain('Es fehlt noch 1 Punkt');
    expect((await page({ member: { expiring: { points: 1, on: '2027-01-01' } }, document: stars() })).text).toContain(
      '1 stella in scadenza: 1º gennaio 2027',
    );
    expect((await page({ locale: 'fr', member: { expiring: { points: 1, on: '2027-01-01' } } })).text).toContain(
      'avant le 1er janvier 2027',
    );
    expect((await page({ locale: 'fr', member: { available: 0 } })).text).toContain(' 0 point ');
  });
  test('a merchant’s own word needs no gender', async () => {
    const { text } = await page({ document: stars(), template: 'account', member: { available: 5 } });
    expect(text).toContain('Storico: stelle');
    const guest = await page({ document: stars(), guest: true });
    expect(guest.text).toContain('Accedi per vedere il tuo saldo');
    expect(`${text}${guest.text}`).not.toMatch(/punt[oi]\b|(tuoi|quanti) stelle/i);
  });
});

describe('no reward is sold that the cart cannot take', () => {
  const rich = { available: 500 };
  test('to an empty cart', async () => {
    const { html, text } = await page({ member: rich, cart: { lines: [] } });
    expect(text).toContain('Il carrello è vuoto: aggiungi qualcosa per usare un premio.');
    expect(html).not.toContain('data-redeem');
  });
  test('to a cart in which nothing is left to pay', async () => {
    discount('ALL', { amountMinor: 1_000_000, orderDiscounts: true });
    const { html, text } = await page({ member: { ...rich, codes: [held] }, cart: { codes: ['ALL'] } });
    expect(text).toContain('In questo carrello non resta nulla da pagare.');
    expect(html).not.toContain('data-redeem');
    expect(html, 'a code in hand would not apply either').not.toContain('data-apply');
    expect(html, 'but can be given back').toContain('data-cancel="r1"');
  });
  test('to a cart that holds another discount which it does not go with', async () => {
    discount('OTHER', { orderDiscounts: true });
    const { html, text } = await page({ member: { ...rich, codes: [held] }, cart: { codes: ['OTHER'] } });
    expect(text.match(/Non si combina con lo sconto che è nel carrello\./g)?.length).toBe(3);
    expect(html).not.toMatch(/data-redeem|data-apply/);
  });
  test('to a cart that holds one of our own codes which excludes others', async () => {
    discount('HELD5');
    const { html, text } = await page({ member: { ...rich, codes: [held] }, cart: { codes: ['HELD5'] } });
    expect(text).toContain('Nel carrello');
    expect(text).toContain('Lo sconto che è nel carrello non si combina con altri premi.');
    expect(html).not.toContain('data-redeem');
  });
  test('free shipping is offered even when nothing is left to pay, and its code by its name', async () => {
    discount('ALL-SHIP', { amountMinor: 1_000_000, orderDiscounts: true });
    const shipping = { ...newReward('free_shipping', 'ship', 'EUR'), enabled: true } as Reward;
    const base = defaultDocument('EUR', 'Europe/Rome');
    const document = { ...base, rewards: [...base.rewards, shipping] };
    const inHand = { ...held, reward_id: 'ship', code: 'SHIP1', amount_minor: null };
    const { html, text } = await page({
      member: { ...rich, codes: [inHand] },
      cart: { codes: ['ALL-SHIP'] },
      document,
    });
    expect(text).toContain('Spedizione gratuita 100 punti · si vede alla cassa');
    expect(html).toContain('data-redeem="ship" data-points="100"');
    expect(html).not.toContain('data-redeem="five-off"');
    expect(html).toMatch(/aria-label="Usa[^"]*: Spedizione gratuita"/);
    const empty = await page({ member: rich, cart: { lines: [] }, document });
    expect(empty.html).not.toContain('data-redeem="ship"');
  });
  test('a reward is described in the shopper’s language, as plain text, if the merchant wrote any', async () => {
    const base = defaultDocument('EUR', 'Europe/Rome');
    const said = (text: string) => ({ en: `${text} en`, it: text, de: text, fr: text, es: text });
    const [first, second] = base.rewards;
    if (first === undefined || second === undefined) throw new Error('no rewards');
    const document = { ...base, rewards: [{ ...first, description: said('Vale <b>anche</b> online') }, second] };
    const { html } = await page({ member: rich, document });
    expect(html.match(/Vale &lt;b&gt;anche&lt;\/b&gt; online/g)).toHaveLength(1);
    expect(html.match(/fidelio-rewards__name">[^<]*<\/span>[\s\S]*?<\/div>/g)?.[1]).not.toContain('rewards__note');
  });
  test('while rewards are paused or over: a note says so, and codes in hand stay good', async () => {
    const base = defaultDocument('EUR', 'Europe/Rome');
    const resting = (redeeming: ProgramDocument['redeeming']) =>
      page({ member: { ...rich, codes: [held] }, document: { ...base, redeeming } });
    const paused = await resting({ paused: true, lastDay: null });
    expect(paused.text).toContain('I premi sono in pausa. Il tuo saldo resta com’è.');
    expect(paused.html).not.toContain('data-redeem');
    expect(paused.html).toContain('data-apply="HELD5"');
    const over = await resting({ paused: false, lastDay: '2020-12-31' });
    expect(over.text).toContain('Il periodo dei premi è finito.');
    expect(over.html).not.toContain('data-redeem');
    expect((await resting({ paused: false, lastDay: '2999-12-31' })).html).toContain('data-redeem');
  });
  test('a guest is told what the cart earns only while it earns', async () => {
    const base = defaultDocument('EUR', 'Europe/Rome');
    const earning = (part: Partial<ProgramDocument['earning']>) =>
      page({ guest: true, document: { ...base, earning: { ...base.earning, ...part } } });
    const told = /Con questo carrello guadagni/;
    expect((await earning({})).text).toMatch(told);
    for (const part of [
      { paused: true },
      { window: { from: '2999-01-01', to: null } },
      { window: { from: null, to: '2020-12-31' } },
    ])
      expect((await earning(part)).text, JSON.stringify(part)).not.toMatch(told);
  });
  test('a percentage needs something left to pay, as any money off does', async () => {
    const percent = { ...newReward('percent_off', 'ten', 'EUR'), enabled: true } as Reward;
    const document = { ...defaultDocument('EUR', 'Europe/Rome'), rewards: [percent] };
    const open = await page({ member: rich, document });
    expect(open.text).toContain('Sconto del 10% 200 punti');
    expect(open.html).toContain('data-redeem="ten" data-points="200"');
    discount('ALL-TEN', { amountMinor: 1_000_000, orderDiscounts: true });
    const paid = await page({ member: rich, cart: { codes: ['ALL-TEN'] }, document });
    expect(paid.html).not.toContain('data-redeem');
  });
  test('but one that combines is offered beside another discount', async () => {
    discount('OTHER', { orderDiscounts: true });
    const base = defaultDocument('EUR', 'Europe/Rome');
    const document = {
      ...base,
      rewards: base.rewards.map((reward): Reward =>
        reward.kind === 'amount_off'
          ? { ...reward, combinesWith: { ...reward.combinesWith, orderDiscounts: true } }
          : reward,
      ),
    };
    const { html } = await page({ member: rich, cart: { codes: ['OTHER'] }, document });
    expect(html).toContain('data-redeem="five-off"');
  });
  test('what is given at once asks for no cart, and rests with all other rewards', async () => {
    const base = defaultDocument('EUR', 'Europe/Rome');
    const give = { ...newReward('donation', 'give', 'EUR'), enabled: true, charity: 'Bosco Vivo' } as Reward;
    const document = { ...base, rewards: [...base.rewards, give] };
    for (const cart of [{ lines: [] }, { codes: ['ALL-TEN'] }]) {
      const { html, text } = await page({ member: rich, cart, document });
      expect(html).toContain('data-redeem="give"');
      expect(html).not.toContain('data-redeem="five-off"');
      expect(text).toContain('Donazione 5,00 € · 100 punti');
    }
    const resting = await page({ member: rich, document: { ...document, redeeming: { paused: true, lastDay: null } } });
    expect(resting.html).not.toContain('data-redeem');
  });
  describe('a product', () => {
    const soldAs = (handle: string): SoldVariant => ({
      variantId: asId(String(product(handle).variantId)),
      productId: asId(String(product(handle).id)),
      vendor: null,
      handle,
      priceMinor: product(handle).priceMinor,
      currency: 'EUR',
      isAvailable: true,
    });
    const both = [soldAs('tazza-in-ceramica'), soldAs('quaderno')];
    const giving = (part: object = {}): ProgramDocument => {
      const variantIds = both.map(({ variantId }) => variantId);
      const own = { enabled: true, points: 10, variantIds, copayMinor: 290, ...part };
      const reward = { ...newReward('free_product', 'cup', 'EUR'), ...own } as Reward;
      return { ...defaultDocument('EUR', 'Europe/Rome'), rewards: [reward] };
    };

    test('is chosen by the names that the shop has, with what is paid for it, also for an empty cart', async () => {
      const { html, text } = await page({ member: rich, document: giving(), sold: both, cart: { lines: [] } });
      expect(text).toContain('Prodotto omaggio 10 punti + 2,90 €');
      for (const { variantId } of both) expect(html).toContain(`<option value="${variantId}">`);
      expect(text).toContain('Tazza in ceramica');
      expect(html).toContain('data-redeem="cup"');
    });
    test('of which nothing can be bought at the moment has no button, and says so', async () => {
      const { variantId } = soldAs('quaderno');
      store.soldOut.add(Number(variantId));
      const one = await page({ member: rich, document: giving(), sold: both });
      expect(one.html).not.toContain(`<option value="${variantId}">`);
      expect(one.html).toContain('data-redeem="cup"');
      const none = await page({ member: rich, document: giving({ variantIds: [variantId] }), sold: both });
      expect(none.text).toContain('Al momento non è disponibile.');
      expect(none.html).not.toContain('data-redeem="cup"');
      store.soldOut.delete(Number(variantId));
      expect((await page({ member: rich, document: giving() })).html).not.toContain('data-redeem="cup"');
    });
    test('whose code is in hand brings the product along; in the cart it stands at its line', async () => {
      const cup = product('tazza-in-ceramica');
      const inHand = { ...held, reward_id: 'cup', code: 'HELDCUP', variant_id: String(cup.variantId) };
      discount('HELDCUP', { amountMinor: 2110, orderDiscounts: true, variantId: cup.variantId });
      const member = { ...rich, codes: [inHand] };
      const before = await page({ member, document: giving(), sold: both });
      expect(before.html).toContain(`data-apply="HELDCUP" data-item="${cup.variantId}"`);
      expect(before.text).toContain('Prodotto omaggio HELDCUP');
      const lines = [{ variantId: cup.variantId, quantity: 1 }];
      const beside = await page({ member, document: giving(), sold: both, cart: { lines, codes: ['HELDCUP'] } });
      expect(beside.html.match(/<option value="\d+">/g)).toEqual([`<option value="${both[1]?.variantId}">`]);
      const only = giving({ variantIds: [String(cup.variantId)] });
      const second = await page({ member, document: only, sold: both, cart: { lines, codes: ['HELDCUP'] } });
      expect(second.text).toContain('Non si combina con lo sconto che è nel carrello.');
      const document = giving({
        combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
      });
      const after = await page({ member, document, sold: both, cart: { lines, codes: ['HELDCUP'] } });
      expect(after.text).toContain('Nel carrello');
      expect(after.html).not.toContain('data-redeem="cup"');
      expect(after.text).toContain('non si combina con altri premi');
    });
  });
  test('a fixed discount that is worth more than the cart; the free choice ends at what the cart needs', async () => {
    const { html, text } = await page({
      member: rich,
      cart: { lines: [{ variantId: product('pasta-di-gragnano').variantId, quantity: 1 }] },
    });
    expect(text).toContain('Vale 5,00 €, più di quanto resta da pagare.');
    expect(html).not.toContain('data-redeem="five-off"');
    expect(html).toMatch(/max="100"[^>]*data-slider/);
  });
  test('what can be had says what it costs and gives, and has a name of its own', async () => {
    const { html, text } = await page({ member: rich });
    expect(text).toContain('5,00 € · 100 punti');
    expect(html).toMatch(/aria-label="Riscatta: Buono da 5\s€"/);
    expect(html).toContain('aria-label="Riscatta: Sconto a tua scelta"');
  });
});

describe('points on their way back', () => {
  const epoch = Math.floor(Date.now() / 1000);
  test('are shown with the time, in the header and beside the rewards', async () => {
    const { text } = await page({
      member: { available: 54, returning: { points: 1100, by: '2026-11-26T02:13', by_epoch: epoch + 600 } },
    });
    expect(text.match(/1\.100 di ritorno entro le 02:13/g)?.length).toBe(2);
  });
  test('are not promised for a time that has passed', async () => {
    const { text } = await page({
      member: { returning: { points: 100, by: '2026-11-26T02:13', by_epoch: epoch - 1 } },
    });
    expect(text).toContain('100 di ritorno a momenti');
    expect(text).not.toContain('02:13');
  });
  test('take no room when there are none, and a summary of an older version is read as well', async () => {
    const { html } = await page({ member: { available: 5 } });
    expect(html.match(/data-fidelio-returning hidden/g)?.length).toBe(2);
    const older = await page({
      published: { v: 1, available: 5, pending: 0, debt: 0, expiring: null, codes: [], tier: null },
    });
    expect(older.text).toContain('Hai 5 punti');
    expect(older.html.match(/data-fidelio-returning hidden/g)?.length).toBe(2);
  });
});

describe('without JavaScript', () => {
  test('what needs it is hidden and said; a code in hand can still be used', async () => {
    const { html } = await page({ member: { available: 500, codes: [held] }, cart: {} });
    expect(html).toContain('<style>[data-fidelio-script] { display: none !important; }</style>');
    expect(html).toContain('href="/discount/HELD5?redirect=/cart"');
    const buttons = html.match(/<button[^>]*data-(redeem|cancel)[^>]*>/g) ?? [];
    expect(buttons.length).toBe(3);
    expect((await page({ template: 'account', member: {} })).html).toMatch(/<details data-fidelio-script>/);
  });
});
