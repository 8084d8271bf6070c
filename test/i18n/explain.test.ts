import { describe, expect, test } from 'vitest';
import { entitlementOf } from '~/core/earning/entitlement';
import { whyForMember, type Why } from '~/core/explanation/why';
import type { ShippingCharge } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import type { Language } from '~/i18n/catalog';
import { explain } from '~/i18n/explain';
import { bonus, line, order, plain, program, refund, shop } from 'test/support/builders';

const named = (rule: ReturnType<typeof bonus>, it: string, de = it) => ({ ...rule, name: { ...rule.name, it, de } });
const { names } = program();

describe('an order’s points in words', () => {
  const inWords = (
    bonuses: ReturnType<typeof bonus>[],
    language: Language,
    part: Parameters<typeof order>[0] = {},
    caps: object = {},
    used = {},
  ) => {
    const { why, points } = entitlementOf(
      order({ lines: [line({ lineId: 1, listMinor: 5000 })], ...part }),
      program({ earning: { bonuses, caps } }),
      plain({ used }),
      shop,
    );
    const { sentence, steps } = explain({ ...why, before: 0 }, points, 0, language, names);
    return [sentence, ...steps].map((text) => text.replace(/\s/g, ' '));
  };
  const weekend = named(bonus({ id: 'weekend', times: 2 }), 'fine settimana', 'Wochenende');
  const launch = named(bonus({ id: 'launch', times: 1.2, stacking: 'additive' }), 'lancio', 'Start');

  test('50.00 × (2× weekend + 0.2 launch) are 110 points', () => {
    expect(inWords([weekend, launch], 'it')).toEqual([
      'Ordine #1001 · 110 punti: 50,00 € × (2× fine settimana + 0,2 lancio), 1 punto ogni 1,00 €',
    ]);
    expect(inWords([weekend, launch], 'de')).toEqual([
      'Bestellung #1001 · 110 Punkte: 50,00 € × (2× Wochenende + 0,2 Start), 1 Punkt je 1,00 €',
    ]);
    expect(inWords([launch], 'it')).toEqual([
      'Ordine #1001 · 60 punti: 50,00 € × (1 + 0,2 lancio), 1 punto ogni 1,00 €',
    ]);
    expect(inWords([weekend], 'it')).toEqual([
      'Ordine #1001 · 100 punti: 50,00 € × (2× fine settimana), 1 punto ogni 1,00 €',
    ]);
    expect(inWords([], 'it')).toEqual(['Ordine #1001 · 50 punti: 50,00 €, 1 punto ogni 1,00 €']);
  });

  test('lines that are multiplied differently are terms of their own; too many are left to the lines', () => {
    const of = (productId: number) =>
      bonus({
        id: `p${productId}`,
        times: productId,
        conditions: [{ kind: 'product', productIds: [String(productId)] }],
      });
    const lines = [1, 3, 3, 2, 4, 5, 6].map((productId, index) =>
      line({ lineId: index + 1, productId: asId<PlatformId>(String(productId)), listMinor: 1000 }),
    );
    const bonuses = [2, 3, 4, 5, 6].map(of);
    expect(inWords(bonuses, 'it', { lines: lines.slice(0, 4) })).toEqual([
      'Ordine #1001 · 90 punti: 10,00 € + 20,00 € × (3× p3) + 10,00 € × (2× p2), 1 punto ogni 1,00 €',
    ]);
    expect(inWords(bonuses, 'it', { lines })).toEqual(['Ordine #1001 · 240 punti: 70,00 €, 1 punto ogni 1,00 €']);
  });

  test('units edited away are not in the sum, and lines that earn nothing are no term', () => {
    const lines = [
      line({ lineId: 1, listMinor: 4000, quantity: 4, currentQuantity: 3 }),
      line({ lineId: 2, listMinor: 999, giftCard: true }),
    ];
    expect(inWords([weekend], 'it', { lines })).toEqual([
      'Ordine #1001 · 60 punti: 30,00 € × (2× fine settimana), 1 punto ogni 1,00 €',
    ]);
  });

  test('what each line earned is said where rules or refunds differ, not where only rounding does', () => {
    const detailsOf = (part: Parameters<typeof order>[0], bonuses: ReturnType<typeof bonus>[] = []) => {
      const lines = [
        line({ lineId: 1, title: 'Tovaglia', listMinor: 6900 }),
        line({ lineId: 2, title: 'Caffè', listMinor: 990 }),
      ];
      const { why, points } = entitlementOf(
        order({ lines, ...part }),
        program({ earning: { bonuses } }),
        plain(),
        shop,
      );
      return explain({ ...why, before: 0 }, points, 0, 'it', names).details;
    };
    const ofLine = expect.stringContaining('Tovaglia') as string;
    expect(detailsOf({})).not.toContainEqual(ofLine);
    expect(detailsOf({}, [weekend])).toContainEqual(ofLine);
    const gift = line({ lineId: 3, title: 'Buono', listMinor: 2000, giftCard: true });
    expect(detailsOf({ lines: [line({ lineId: 1, title: 'Tovaglia', listMinor: 6900 }), gift] })).toContainEqual(
      ofLine,
    );
    const back = { refunds: [refund({ lines: [[2, 1]] })], financialStatus: 'partially_refunded' as const };
    expect(detailsOf(back)).toContainEqual(ofLine);
  });

  describe('shipping that earns nothing is said with its sum', () => {
    const shipped = (
      paid: Partial<ShippingCharge>,
      part: Parameters<typeof order>[0] = {},
      includeShipping = false,
    ) => {
      const shipping = { listMinor: 590, discounts: [], taxMinor: 107, ...paid };
      const { why, points } = entitlementOf(
        order({ lines: [line({ lineId: 1, listMinor: 4890 })], shipping, ...part }),
        program({ earning: { includeShipping } }),
        plain(),
        shop,
      );
      return explain({ ...why, before: 0 }, points, 0, 'it', names).details.map((text) => text.replace(/\s/g, ' '));
    };
    const said = 'La spedizione di 5,90 € non conta.';

    test('as it was paid, with its tax, after what was taken off', () => {
      expect(shipped({})).toContain(said);
      expect(shipped({ listMinor: 483 }, { taxesIncluded: false })).toContain(said);
      expect(shipped({ listMinor: 990, discounts: [{ code: null, amountMinor: 400 }] })).toContain(said);
    });

    test('not when it is free, nor when it earns', () => {
      expect(shipped({ listMinor: 0 })).not.toContainEqual(expect.stringContaining('spedizione'));
      expect(shipped({}, {}, true).join(' ')).toContain('Spedizione');
      expect(shipped({}, {}, true)).not.toContain(said);
    });
  });

  test('fixed numbers and caps follow, each with what it leaves', () => {
    const gift = named(bonus({ id: 'gift', points: 7 }), 'benvenuto');
    expect(inWords([weekend, gift], 'it', {}, { perOrder: 90, perDay: 200 }, { day: 176 })).toEqual([
      'Ordine #1001 · 100 punti: 50,00 € × (2× fine settimana), 1 punto ogni 1,00 €',
      'Più 7 punti: benvenuto.',
      'Limite per ordine: restano 90 punti.',
      'Limite al giorno: 200 punti, di cui 176 in precedenza: restano 24 punti.',
    ]);
    expect(inWords([weekend], 'it', {}, { perDay: 200 }, { day: 199 })).toContain(
      'Limite al giorno: 200 punti, di cui 199 in precedenza: resta 1 punto.',
    );
    expect(inWords([weekend], 'de', {}, { perDay: 200 }, { day: 199 })).toContain(
      'Grenze je Tag: 200 Punkte, davon 199 schon erreicht; es bleibt 1 Punkt.',
    );
  });
});

describe('a code that the platform refused, in words', () => {
  const why = { v: 1 as const, kind: 'release' as const, because: 'refused' as const, words: 'Discount limit reached' };
  test('the merchant reads the platform’s reason, the member one of ours', () => {
    expect(explain(why, 100, 0, 'it', names).sentence).toBe(
      'Il negozio non ha potuto creare il codice: Discount limit reached',
    );
    expect(explain(whyForMember(why), 100, 0, 'it', names).sentence).toBe('Il negozio non ha potuto creare il codice');
    expect(JSON.stringify(whyForMember(why))).not.toContain('Discount');
  });
});

describe('a correction by staff in words', () => {
  const why = {
    v: 1 as const,
    kind: 'adjustment' as const,
    reason: 'Scuse per il ritardo',
    by: 'staff 78123456',
    note: 'Ha chiamato due volte',
  };
  const say = (given: Why) => explain(given, 25, 0, 'it', names);
  test('staff reads the reason, its own note, and who it was', () => {
    expect(say(why)).toEqual({
      sentence: 'Scuse per il ritardo (staff)',
      steps: ['Nota interna: Ha chiamato due volte'],
      details: ['Utente Shopify n. 78123456'],
    });
    expect(say({ ...why, by: 'Anna' }).sentence).toBe('Scuse per il ritardo (Anna)');
  });
  test('the member reads the reason, and nothing of who or why inside', () => {
    const shown = whyForMember(why);
    expect(JSON.stringify(shown)).not.toMatch(/78123456|staff|chiamato/);
    expect(say(shown)).toEqual({ sentence: 'Scuse per il ritardo (servizio clienti)', steps: [], details: [] });
    expect(JSON.stringify(say(whyForMember({ ...why, by: 'Anna' })))).not.toContain('Anna');
  });
});

describe('a redemption in words', () => {
  test('free shipping is no sum of money; an entry from before there were kinds is a discount', () => {
    const why = { v: 1, kind: 'redemption', rewardId: 'r', programVersion: 1 } as const;
    const inWords = (reason: Why, language: Language): string => explain(reason, -100, 0, language, names).sentence;
    const shipping: Why = { ...why, grant: 'free_shipping', amountMinor: null, currency: null };
    const texts = (['en', 'it', 'de', 'fr', 'es'] as const).map((language) => inWords(shipping, language));
    expect(texts).toEqual([
      'For free shipping',
      'In cambio della spedizione gratuita',
      'Für kostenlosen Versand',
      'Contre la livraison offerte',
      'A cambio del envío gratis',
    ]);
    const old: Why = { ...why, amountMinor: 500, currency: 'EUR' };
    expect(inWords(old, 'it').replace(/\s/g, ' ')).toBe('In cambio di uno sconto di 5,00 €');
  });
});
