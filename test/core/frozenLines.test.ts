import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProductFacts } from '~/core/earning/conditions/condition';
import { asksOfLines, freezeLines, type FrozenLines } from '~/core/earning/frozenLines';
import { asId, type PlatformId } from '~/core/values/ids';
import { bonus, line, order, program } from 'test/support/builders';

const id = (number: number) => asId<PlatformId>(String(number));
const facts: ProductFacts = { type: 'Olio', tags: ['bio'], collections: ['44'], saleVariants: ['9'] };
const byTag = program({ earning: { exclude: { productTags: ['bio'] } } });
const sold = line({ productId: id(7), variantId: id(9), vendor: 'Frantoio' });
const deleted = { ...sold, productId: null, variantId: null };

describe('what rules ask of lines is frozen', () => {
  test('only where rules ask', () => {
    const asking = [
      program(),
      byTag,
      program({ earning: { exclude: { saleItems: true } } }),
      program({ earning: { exclude: { productIds: ['7'] } } }),
      program({
        earning: { bonuses: [bonus({ id: 'b', times: 2, conditions: [{ kind: 'vendor', vendors: ['x'] }] })] },
      }),
    ];
    expect(asking.map(asksOfLines)).toEqual([false, true, true, true, true]);
  });
  test('the first time a line is seen: what the product becomes afterwards changes nothing', () => {
    const frozen = freezeLines(undefined, [order({ lines: [sold] })], true, () => facts);
    expect(frozen).toEqual({
      '1': { productId: '7', vendor: 'Frantoio', type: 'Olio', tags: ['bio'], collections: ['44'], onSale: true },
    });
    const again = freezeLines(
      frozen,
      [order({ lines: [deleted] }), order({ lines: [{ ...sold, vendor: 'Other' }] })],
      true,
      () => null,
    );
    expect(again, 'the same object: nothing is new').toBe(frozen);
  });
  test('a line that an edit adds brings its own', () => {
    const first = freezeLines(undefined, [order({ lines: [sold] })], true, () => facts);
    const second = freezeLines(
      first,
      [order({ lines: [deleted, line({ lineId: 2, productId: id(8) })] })],
      true,
      () => null,
    );
    expect(second['1']).toBe(first['1']);
    expect(second['2']).toMatchObject({ productId: '8', tags: [], onSale: false });
  });
  test('products are asked of the platform only where rules ask for what it alone knows', () => {
    const frozen = freezeLines(undefined, [order({ lines: [sold] })], false, () => {
      throw new Error('nobody reads products');
    });
    expect(frozen['1']).toMatchObject({ productId: '7', tags: [], unread: true });
    const asked = freezeLines(frozen, [order({ lines: [deleted] })], true, () => facts);
    expect(asked['1'], 'read when a rule asks, although the line has lost its product').toMatchObject({
      productId: '7',
      tags: ['bio'],
    });
    expect(asked['1']?.unread).toBeUndefined();
  });
  test('whatever the order in which states come, a line is what the states with its product say', () => {
    const states = [
      order({ lines: [sold] }),
      order({ lines: [deleted] }),
      order({ lines: [deleted, line({ lineId: 2 })] }),
    ];
    const freeze = (some: readonly (typeof states)[number][]) =>
      some.reduce<FrozenLines | undefined>(
        (frozen, state) => freezeLines(frozen, [state], true, () => facts),
        undefined,
      );
    fc.assert(
      fc.property(fc.shuffledSubarray([...states, ...states], { minLength: 6 }), (shuffled) => {
        expect(freeze(shuffled)).toEqual(freeze(states));
      }),
    );
  });
});
