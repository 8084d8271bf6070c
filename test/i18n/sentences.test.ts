import { describe, expect, test } from 'vitest';
import type { Condition } from '~/core/earning/conditions/all';
import { diffOf } from '~/core/program/diff';
import { newReward, type Reward, type RewardKind } from '~/core/rewards/section';
import { tiersSchema } from '~/core/tiers/section';
import type { Language } from '~/i18n/catalog';
import { bonusSentence } from '~/i18n/sentences/bonus';
import { conditionIn } from '~/i18n/sentences/conditions/all';
import { differenceInWords } from '~/i18n/sentences/differences';
import { rateSentence } from '~/i18n/sentences/earning';
import { expirySentence } from '~/i18n/sentences/policies';
import { rewardSentence } from '~/i18n/sentences/rewards/all';
import { returnInWords, worthMoreInWords } from '~/i18n/sentences/warnings';
import { levelSentence } from '~/i18n/sentences/tiers';
import { bonus, program } from 'test/support/builders';

const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });
const names = program().names;
const say = (language: Language) => ({
  language,
  names,
  currency: 'EUR',
  titleOf: (_: unknown, id: string) =>
    id === '1' ? { en: 'Shoes', it: 'Scarpe', de: 'Schuhe', fr: 'Chaussures', es: 'Zapatos' }[language] : null,
});
const plain = (text: string): string => text.replace(/\s/g, ' ');

const tiers = tiersSchema.parse({
  metric: 'spend',
  currency: 'EUR',
  window: { kind: 'calendar_year' },
  levels: [{ id: 'gold', name: named('Gold'), threshold: 50_000 }],
});
const groups = { tiers, segments: [] };
const rule = {
  id: 'shoes',
  name: named('Shoes'),
  enabled: true,
  stacking: 'exclusive' as const,
  effect: { kind: 'multiply' as const, basisPoints: 20_000 },
  conditions: [
    { kind: 'collection' as const, collectionIds: ['1'] },
    { kind: 'weekday' as const, days: [6, 7] },
    { kind: 'tier' as const, tierIds: ['gold'] },
  ],
};
const reward = { ...newReward('amount_off', 'five', 'EUR'), points: 500, minimumSubtotalMinor: 3000 };

describe('a program reads as sentences', () => {
  test.each([
    ['en', 'Double points on Shoes, at weekends, for Gold.'],
    ['it', 'Punti doppi su Scarpe, nei fine settimana, per Gold.'],
    ['de', 'Doppelte Punkte auf Schuhe, am Wochenende, für Gold.'],
    ['fr', 'Points doublés sur Chaussures, le week-end, pour Gold.'],
    ['es', 'El doble de puntos en Zapatos, los fines de semana, para Gold.'],
  ] as const)('a bonus rule in %s', (language, sentence) => {
    expect(bonusSentence(rule, say(language), groups)).toBe(sentence);
  });

  test.each([
    ['en', 'Every €1.00 earns 1 point.', '500 points for €5.00 off, from a cart of €30.00.'],
    ['it', 'Ogni 1,00 € vale 1 punto.', '500 punti per 5,00 € di sconto, da 30,00 € di spesa.'],
    ['de', 'Je 1,00 € gibt es 1 Punkt.', '500 Punkte für 5,00 € Rabatt, ab 30,00 € Warenwert.'],
  ] as const)('rate and reward in %s', (language, rate, priced) => {
    expect(plain(rateSentence({ currency: 'EUR', points: 1, amountMinor: 100 }, say(language)))).toBe(rate);
    expect(plain(rewardSentence(reward, say(language), groups))).toBe(priced);
  });

  test.each([
    [
      'en',
      '100 points for a donation of €5.00 to Bosco Vivo.',
      '500 points for “Tour”, 3 in all, done within 14 days.',
      '500 points for a code “Cinema”.',
      '500 points for “Cinema” from a partner.',
    ],
    [
      'it',
      '100 punti per una donazione di 5,00 € a Bosco Vivo.',
      '500 punti per «Tour», 3 in tutto, entro 14 giorni.',
      '500 punti per un codice «Cinema».',
      '500 punti per «Cinema» da un partner.',
    ],
    [
      'de',
      '100 Punkte für eine Spende von 5,00 € an Bosco Vivo.',
      '500 Punkte für „Tour“, 3 insgesamt, innerhalb von 14 Tagen.',
      '500 Punkte für einen Code „Cinema“.',
      '500 Punkte für „Cinema“ von einem Partner.',
    ],
    [
      'fr',
      '100 points pour un don de 5,00 € à Bosco Vivo.',
      '500 points pour « Tour », 3 en tout, sous 14 jours.',
      '500 points pour un code « Cinema ».',
      '500 points pour « Cinema » chez un partenaire.',
    ],
    [
      'es',
      '100 puntos por una donación de 5,00 € a Bosco Vivo.',
      '500 puntos por «Tour», 3 en total, en 14 días.',
      '500 puntos por un código «Cinema».',
      '500 puntos por «Cinema» de un socio.',
    ],
  ] as const)('what is given without a code of the shop, in %s', (language, donation, tour, cinema, ticket) => {
    const sentence = (kind: RewardKind, part: object): string =>
      plain(rewardSentence({ ...newReward(kind, 'new', 'EUR'), ...part } as Reward, say(language), groups));
    expect(sentence('donation', { charity: 'Bosco Vivo' })).toBe(donation);
    expect(sentence('experience', { name: named('Tour'), stock: 3 })).toBe(tour);
    expect(sentence('pool_code', { name: named('Cinema') })).toBe(cinema);
    expect(sentence('partner', { name: named('Cinema') })).toBe(ticket);
  });

  test.each([
    ['en', '100 points for Shoes, paying €2.90.', '100 points for 2 products, with a purchase of €30.00 from Shoes.'],
    [
      'it',
      '100 punti per Scarpe, con un contributo di 2,90 €.',
      '100 punti per 2 prodotti, con una spesa di 30,00 € da Scarpe.',
    ],
    ['de', '100 Punkte für Schuhe, Zuzahlung 2,90 €.', '100 Punkte für 2 Produkte, beim Kauf von 30,00 € aus Schuhe.'],
    [
      'fr',
      '100 points pour Chaussures, contre 2,90 €.',
      '100 points pour 2 produits, dès 30,00 € d’achats dans Chaussures.',
    ],
    [
      'es',
      '100 puntos por Zapatos, pagando 2,90 €.',
      '100 puntos por 2 productos, con una compra de 30,00 € en Zapatos.',
    ],
  ] as const)('a free product, in %s', (language, copay, minimum) => {
    const sentence = (part: object): string =>
      plain(rewardSentence({ ...newReward('free_product', 'new', 'EUR'), ...part } as Reward, say(language), groups));
    expect(sentence({ variantIds: ['1'], copayMinor: 290 })).toBe(copay);
    expect(sentence({ variantIds: ['2', '3'], minimumSubtotalMinor: 3000, collectionIds: ['1'] })).toBe(minimum);
  });

  test.each([
    [
      'en',
      '100 points for €5.00 off, on Shoes, from €30.00 of these products.',
      '200 points for 10% off, on 2 products.',
    ],
    [
      'it',
      '100 punti per 5,00 € di sconto, su Scarpe, da 30,00 € di spesa in questi prodotti.',
      '200 punti per il 10% di sconto, su 2 prodotti.',
    ],
    [
      'de',
      '100 Punkte für 5,00 € Rabatt, auf Schuhe, ab 30,00 € Warenwert dieser Produkte.',
      '200 Punkte für 10 % Rabatt, auf 2 Produkte.',
    ],
    [
      'fr',
      '100 points pour 5,00 € de remise, sur Chaussures, dès 30,00 € d’achat de ces produits.',
      '200 points pour 10 % de remise, sur 2 produits.',
    ],
    [
      'es',
      '100 puntos por 5,00 € de descuento, en Zapatos, a partir de 30,00 € de estos productos.',
      '200 puntos por un 10 % de descuento, en 2 productos.',
    ],
  ] as const)('a reward for some products or collections, in %s', (language, amount, percent) => {
    const sentence = (kind: RewardKind, part: object): string =>
      plain(rewardSentence({ ...newReward(kind, 'new', 'EUR'), ...part } as Reward, say(language), groups));
    const collection = { kind: 'collection', collectionIds: ['1'] };
    expect(sentence('amount_off', { lines: collection, minimumSubtotalMinor: 3000 })).toBe(amount);
    expect(sentence('percent_off', { lines: { kind: 'product', productIds: ['2', '3'] } })).toBe(percent);
    // Nothing is chosen yet: three dots, not four.
    expect(sentence('percent_off', { lines: { kind: 'product', productIds: [] } })).toMatch(/[^.…]…$/);
  });

  test.each([
    ['en', '$: discount on the whole cart → Shoes.'],
    ['it', '$: lo sconto vale per tutto il carrello → Scarpe.'],
    ['de', '$: Rabatt auf den ganzen Warenkorb → Schuhe.'],
  ] as const)('a reward that was for everything: the change, in %s', (language, sentence) => {
    const five = newReward('amount_off', 'five', 'EUR');
    const lines = { kind: 'product' as const, productIds: ['1'] };
    const [before, after] = [five, { ...five, lines } as Reward].map((one) => ({ ...program(), rewards: [one] }));
    if (before === undefined || after === undefined) throw new Error('two programs');
    expect(diffOf(before, after).map((one) => plain(differenceInWords(one, [before, after], say(language))))).toEqual([
      plain(sentence.replace('$', five.name[language])),
    ]);
  });

  test.each([
    ['en', 'Gold from €500.00 a calendar year, to the end of the next.'],
    ['it', 'Gold da 500,00 € l’anno solare, fino alla fine del successivo.'],
    ['de', 'Gold ab 500,00 € im Kalenderjahr, bis zum Ende des nächsten.'],
  ] as const)('a tier in %s', (language, sentence) => {
    const [gold] = tiers.levels;
    if (gold === undefined) throw new Error('there is a tier');
    expect(plain(levelSentence(gold, tiers, say(language)))).toBe(sentence);
  });

  test.each([
    [{ kind: 'weekday', days: [1, 2, 3, 4, 5] }, 'dal lunedì al venerdì'],
    [{ kind: 'weekday', days: [3, 1] }, 'di lunedì e mercoledì'],
    [{ kind: 'dates', from: '2026-12-01', to: '2026-12-24' }, 'dal 1º dicembre 2026 al 24 dicembre 2026'],
    [{ kind: 'dates', from: '2026-12-01', to: '2026-12-01' }, 'il 1º dicembre 2026'],
    [{ kind: 'dates', from: '', to: '2026-12-01' }, 'dal … al 1º dicembre 2026'],
    [{ kind: 'hours', from: '18:00', to: '20:00' }, 'dalle 18:00 alle 20:00'],
    [{ kind: 'order_number', numbers: [1] }, 'sul primo ordine'],
    [{ kind: 'order_number', numbers: [5, 10] }, 'sull’ordine n. 5 o 10'],
    [{ kind: 'channel', channels: ['web', 'pos'] }, 'nel negozio online o in cassa'],
    [{ kind: 'product', productIds: ['2', '3'] }, 'su 2 prodotti'],
    [{ kind: 'vendor', vendors: ['A', 'B', 'C', 'D', 'E'] }, 'sui prodotti di A, B, C o altri 2'],
    [{ kind: 'minimum_spend', amountMinor: Number.NaN, currency: 'EUR' }, 'da … di spesa'],
  ] as [Condition, string][])('a condition: %j', (condition, phrase) => {
    expect(plain(conditionIn(condition, say('it'), groups))).toBe(phrase);
  });

  test.each([
    [
      'en',
      '100 points for a product (to be chosen).',
      '100 points for a donation of €5.00 to a charity (to be named).',
    ],
    [
      'it',
      '100 punti per un prodotto (da scegliere).',
      '100 punti per una donazione di 5,00 € a un ente (da indicare).',
    ],
    [
      'de',
      '100 Punkte für ein Produkt (noch zu wählen).',
      '100 Punkte für eine Spende von 5,00 € an eine Organisation (noch zu nennen).',
    ],
    [
      'fr',
      '100 points pour un produit (à choisir).',
      '100 points pour un don de 5,00 € à une association (à indiquer).',
    ],
    [
      'es',
      '100 puntos por un producto (por elegir).',
      '100 puntos por una donación de 5,00 € a una entidad (por indicar).',
    ],
  ] as const)('what is still to be chosen is said, in %s', (language, product, donation) => {
    const free = newReward('free_product', 'free', 'EUR');
    const wood = { ...newReward('donation', 'wood', 'EUR'), charity: '' };
    expect(plain(rewardSentence(free, say(language), groups))).toBe(product);
    expect(plain(rewardSentence(wood, say(language), groups))).toBe(donation);
  });

  test.each([
    ['en', 'Gold for every member.'],
    ['it', 'Gold per tutti gli iscritti.'],
  ] as const)('a level that begins at nothing has no sum and no end: %s', (language, sentence) => {
    const [gold] = tiers.levels;
    if (gold === undefined) throw new Error('there is a tier');
    expect(levelSentence({ ...gold, threshold: 0 }, tiers, say(language))).toBe(sentence);
  });

  test('a last day is written as the days of seasons are, with its month as a word', () => {
    const { policies } = program({ policies: { expiry: { kind: 'on_date', day: '2027-07-10' } } });
    expect(expirySentence(policies.expiry, say('de'))).toBe('Punkte verfallen mit Ablauf des 10. Juli 2027.');
    expect(expirySentence({ ...policies.expiry, kind: 'on_date', day: '' }, say('it'))).toBe(
      'Punti: scadenza alla fine del …',
    );
  });

  test.each([
    ['en', '1 point costs you €1.00 and is earned by spending €1.00: 100%.', '1 point gives €1.00 and is earned'],
    ['it', '1 punto ti costa 1,00 € e si guadagna spendendo 1,00 €: 100%.', '1 punto dà 1,00 € e si guadagna'],
    ['de', '1 Punkt kostet dich 1,00 € und wird mit 1,00 € Umsatz verdient: 100 %.', '1 Punkt bringt 1,00 € und wird'],
    ['fr', '1 point vous coûte 1,00 € et se gagne en dépensant 1,00 € : 100 %.', '1 point donne 1,00 € et se gagne'],
    ['es', '1 punto te cuesta 1,00 € y se gana gastando 1,00 €: 100 %.', '1 punto da 1,00 € y se gana'],
  ] as const)('what one point costs is said of one, in %s', (language, cost, gives) => {
    const rate = { reward, points: 1, worthMinor: 100, spendMinor: 100, basisPoints: 10_000 };
    expect(plain(returnInWords(rate, say(language)))).toBe(cost);
    expect(plain(worthMoreInWords(rate, say(language)))).toContain(gives);
  });

  test('a list of changes says what is new but switched off', () => {
    const off = { ...newReward('amount_off', 'five', 'EUR'), enabled: false };
    const before = program();
    const added = (reward: Reward): string[] => {
      const after = { ...before, rewards: [...before.rewards, reward] };
      return diffOf(before, after).map((one) => plain(differenceInWords(one, [before, after], say('de'))));
    };
    expect(added(off)).toEqual(['Neu, ausgeschaltet: 100 Punkte für 5,00 € Rabatt.']);
    expect(added({ ...off, enabled: true })).toEqual(['Neu: 100 Punkte für 5,00 € Rabatt.']);
  });

  test('the merchant’s own word for points never breaks the grammar', () => {
    const stars = {
      ...say('it'),
      names: { point: { ...names.point, it: 'stella' }, points: { ...names.points, it: 'stelle' } },
    };
    expect(bonusSentence(rule, stars, groups)).toBe('Stelle\u00a0×2 su Scarpe, nei fine settimana, per Gold.');
  });
});

test.each([
  ['en', 'Double points on a product that is gone.', 'Double points on Shoes or 2 products that are gone.'],
  ['it', 'Punti doppi su un prodotto che non c’è più.', 'Punti doppi su Scarpe o 2 prodotti che non ci sono più.'],
  ['de', 'Doppelte Punkte auf ein Produkt, das es nicht mehr gibt.', null],
  ['fr', 'Points doublés sur un produit qui n’existe plus.', null],
  ['es', 'El doble de puntos en un producto que ya no existe.', null],
] as const)('in %s a sentence says that what it names is gone', (language, one, some) => {
  const gone = { ...say(language), isGone: (_: unknown, id: string) => id.startsWith('gone') };
  const [doubled] = program({ earning: { bonuses: [bonus({ id: 'b', times: 2 })] } }).earning.bonuses;
  if (doubled === undefined) throw new Error('no bonus');
  const on = (...productIds: string[]): string =>
    plain(
      bonusSentence({ ...doubled, conditions: [{ kind: 'product', productIds }] }, gone, {
        tiers: null,
        segments: [],
      }),
    );
  expect(on('gone1')).toBe(one);
  if (some !== null) expect(on('1', 'gone1', 'gone2')).toBe(some);
});
