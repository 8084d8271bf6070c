import { describe, expect, test } from 'vitest';
import { depositOf, prizesOf } from '~/core/program/deposit';
import type { ProgramDocument } from '~/core/program/document';
import { templateDocument } from '~/core/program/templates';
import type { FreeProduct } from '~/core/rewards/kinds/freeProduct';

/** A season of Rome with a cup and, with a second prize, a plate or a bowl. */
const season = (part: Partial<FreeProduct>[], timeZone = 'Europe/Rome'): ProgramDocument => {
  const document = templateDocument('collection', { currency: 'EUR', timeZone, today: '2026-02-01' });
  const products = document.rewards.filter((reward) => reward.kind === 'free_product');
  const rewards = products.slice(0, part.length).map((reward, at) => ({ ...reward, enabled: true, ...part[at] }));
  return { ...document, rewards };
};
const limited = (total: number | null): Pick<FreeProduct, 'limits'> => ({ limits: { perMember: null, total } });
const prices = new Map([
  ['1', 1290],
  ['2', 2400],
  ['3', 3900],
]);
const of = (document: ProgramDocument, vat = 2200) => depositOf(prizesOf(document), prices, vat);

describe('the deposit of a collection of points', () => {
  test('is a fifth of all prizes without their VAT, rounded up', () => {
    const deposit = of(season([{ variantIds: ['1'], ...limited(200) }]));
    // 200 × 12.90 = 2,580.00; without 22 %: 2,114.754 …; a fifth: 422.95.
    expect(deposit).toMatchObject({ netMinor: 211_475, depositMinor: 42_295 });
    expect(deposit.prizes).toMatchObject([{ count: 200, priceMinor: 1290, valueMinor: 258_000 }]);
    expect(of(season([{ variantIds: ['1'], ...limited(1) }]), 0).depositMinor).toBe(258);
    // 12.90 ÷ 1.22 = 10.57; a fifth is 2.114, and 2.11 would be too little.
    expect(of(season([{ variantIds: ['1'], ...limited(1) }])).depositMinor).toBe(212);
  });
  test('counts the dearest of what members choose from, and adds up over the prizes', () => {
    const both = season([
      { variantIds: ['1'], ...limited(100) },
      { variantIds: ['2', '3'], ...limited(10) },
    ]);
    expect(of(both, 0)).toMatchObject({ netMinor: 168_000, depositMinor: 33_600 });
  });
  test('is not known without a limit in total or without a price', () => {
    const open = of(season([{ variantIds: ['1'], ...limited(null) }]));
    expect(open).toMatchObject({ netMinor: null, depositMinor: null, prizes: [{ count: null, priceMinor: 1290 }] });
    const gone = of(season([{ variantIds: ['9'], ...limited(5) }]));
    expect(gone).toMatchObject({ netMinor: null, prizes: [{ count: 5, priceMinor: null, valueMinor: null }] });
  });
  test('is asked of no other program: elsewhere, without a season, without a prize on offer', () => {
    const cup = { variantIds: ['1'], ...limited(5) };
    expect(prizesOf(season([cup]))).toHaveLength(1);
    expect(prizesOf(season([cup], 'Europe/Berlin'))).toEqual([]);
    const always = season([cup]);
    expect(prizesOf({ ...always, earning: { ...always.earning, window: null } })).toEqual([]);
    expect(prizesOf(season([{ ...cup, enabled: false }]))).toEqual([]);
  });
});
