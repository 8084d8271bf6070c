import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '~/core/program/migration';
import { thingsNamed, withThings } from '~/core/program/thingsNamed';
import { diffOf } from '~/core/program/diff';
import type { RewardLines } from '~/core/rewards/lines';
import { quoteReward, type WishCart, type WishLine } from '~/core/rewards/quote';
import { kindOf, newReward, type Reward, type RewardOf } from '~/core/rewards/section';
import { programSummary } from '~/core/storefront/programSummary';
import { asId, type PlatformId } from '~/core/values/ids';
import { program } from 'test/support/builders';

const shoes: RewardLines = { kind: 'product', productIds: ['31', '32'] };
const spring: RewardLines = { kind: 'collection', collectionIds: ['7'] };
const codeKinds = ['amount_off', 'chosen_amount_off', 'percent_off'] as const;

const reward = <Kind extends (typeof codeKinds)[number]>(kind: Kind, part: Partial<RewardOf<Kind>> = {}): Reward =>
  ({ ...newReward(kind, 'some', 'EUR'), enabled: true, lines: shoes, ...part }) as Reward;

const line = (productId: string | null, amountMinor: number, part: Partial<WishLine> = {}): WishLine => ({
  productId: productId === null ? null : asId<PlatformId>(productId),
  amountMinor,
  isDiscounted: false,
  ...part,
});
const cart = (lines: readonly WishLine[], part: Partial<WishCart> = {}): WishCart => ({
  subtotalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  currency: 'EUR',
  lines,
  ...part,
});
const quote = (of: Reward, seen: WishCart | null, points: number | null = null) =>
  quoteReward(of, { points, cart: seen });
const refusal = (kind: string, part: object = {}) => ({ ok: false, error: { kind, ...part } });
const fiveOff = reward('amount_off', { amountMinor: 500, points: 100 });

describe('a reward for some products', () => {
  test('is made for them, whatever the kind; one for everything names nothing', () => {
    const seen = cart([line('31', 2000), line('40', 9000)]);
    expect(quote(fiveOff, seen)).toMatchObject({
      ok: true,
      value: { points: 100, grant: { kind: 'amount_off', amountMinor: 500, lines: shoes } },
    });
    expect(quote(reward('percent_off', { lines: spring }), null)).toMatchObject({
      ok: true,
      value: { grant: { kind: 'percent_off', lines: spring } },
    });
    expect(quote(reward('chosen_amount_off'), seen, 40)).toMatchObject({
      ok: true,
      value: { grant: { lines: shoes } },
    });
    const all = quote(reward('amount_off', { lines: null }), seen);
    expect(all.ok && 'lines' in all.value.grant).toBe(false);
  });

  test('asks the cart for them alone: none of them, too little of them, less than it takes off', () => {
    const minimum = { ...fiveOff, minimumSubtotalMinor: 3000 } as Reward;
    expect(quote(fiveOff, cart([line('40', 9000), line(null, 500)]))).toEqual(refusal('none_of_these'));
    expect(quote(minimum, cart([line('31', 2999), line('40', 9000)]))).toEqual(
      refusal('too_little_of_these', { minimumMinor: 3000, currency: 'EUR' }),
    );
    expect(quote(minimum, cart([line('31', 2000), line('32', 1000)]))).toMatchObject({
      ok: true,
      value: { grant: { minimumSubtotalMinor: 3000 } },
    });
    expect(quote(fiveOff, cart([line('31', 499), line('40', 9000)]))).toEqual(
      refusal('more_than_these', { amountMinor: 500, currency: 'EUR' }),
    );
    expect(quote(fiveOff, cart([line('31', 500), line('40', 9000)]))).toMatchObject({ ok: true });
    expect(quote(fiveOff, cart([]))).toEqual(refusal('cart_empty'));
    expect(quote(fiveOff, cart([line('31', 9000)], { currency: 'USD' }))).toEqual(
      refusal('other_currency', { currency: 'EUR' }),
    );
  });

  test('a chosen amount takes no more steps than they need, and at least its fewest', () => {
    // 20 points take 1.00 off.
    const chosen = reward('chosen_amount_off', { minPoints: 40 });
    expect(quote(chosen, cart([line('31', 450), line('40', 9000)]), 200)).toMatchObject({
      ok: true,
      value: { points: 100, grant: { amountMinor: 500 } },
    });
    expect(quote(chosen, cart([line('31', 100), line('40', 9000)]), 200)).toEqual(
      refusal('more_than_these', { amountMinor: 200, currency: 'EUR' }),
    );
  });

  test('a line that has a discount of its own takes no second one, but counts for the minimum', () => {
    const discounts = { discounts: ['product'] as const };
    const dear = { ...fiveOff, minimumSubtotalMinor: 3000 } as Reward;
    const taken = line('31', 2000, { isDiscounted: true });
    expect(quote(dear, cart([taken, line('32', 1000)], discounts))).toMatchObject({ ok: true });
    expect(quote(dear, cart([taken, line('32', 499), line('31', 501)], discounts))).toMatchObject({ ok: true });
    expect(quote(dear, cart([line('31', 2600, { isDiscounted: true }), line('32', 400)], discounts))).toEqual(
      refusal('more_than_these', { amountMinor: 500, currency: 'EUR' }),
    );
    expect(quote(fiveOff, cart([taken], discounts))).toEqual(refusal('not_together'));
  });

  test('what an order code has paid for already is not there to take it off', () => {
    const orders = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
    const open = { ...fiveOff, combinesWith: orders } as Reward;
    const paid = { remainingMinor: 300, discounts: ['order'] as const };
    expect(quote(open, cart([line('31', 2000)], paid))).toEqual(
      refusal('more_than_these', { amountMinor: 500, currency: 'EUR' }),
    );
    expect(quote(open, cart([line('31', 2000)], { ...paid, remainingMinor: 0 }))).toEqual(refusal('nothing_left'));
  });

  test('of collections: what is known of a line decides; what nobody knows may be in them', () => {
    const some = { ...fiveOff, lines: spring } as Reward;
    expect(quote(some, cart([line('31', 900, { collections: ['7', '8'] })]))).toMatchObject({ ok: true });
    expect(quote(some, cart([line('31', 900, { collections: ['8'] })]))).toEqual(refusal('none_of_these'));
    expect(quote(some, cart([line('31', 900)]))).toMatchObject({ ok: true });
    expect(quote(some, { subtotalMinor: 900, currency: 'EUR' })).toMatchObject({ ok: true });
  });

  test('never takes more than its products still cost, whatever else is in the cart', () => {
    const amounts = fc.integer({ min: 1, max: 100_000 });
    const lines = fc.array(fc.tuple(fc.constantFrom('31', '32', '40', '41'), amounts, fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(lines, fc.constantFrom(...codeKinds), fc.integer({ min: 1, max: 100 }), (of, kind, steps) => {
        const seen = cart(of.map(([id, amount, isDiscounted]) => line(id, amount, { isDiscounted })));
        const made = quote(reward(kind), seen, kind === 'chosen_amount_off' ? steps * 20 : null);
        const free = of.filter(([id, , isDiscounted]) => shoes.productIds.includes(id) && !isDiscounted);
        const rest = free.reduce((sum, [, amount]) => sum + amount, 0);
        if (!made.ok) return;
        expect(rest).toBeGreaterThan(0);
        const { grant } = made.value;
        // The last step may be cut by a part of it.
        const step = kind === 'chosen_amount_off' ? 99 : 0;
        if (grant.kind === 'amount_off') expect(grant.amountMinor).toBeLessThanOrEqual(rest + step);
      }),
    );
  });
});

describe('the lines of a reward in a program', () => {
  const documentWith = (part: object) => ({ ...program(), rewards: [{ ...fiveOff, ...part }] });
  const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1));

  test('are the whole cart in every document of before', () => {
    const { lines, ...before } = newReward('amount_off', 'old', 'EUR') as RewardOf<'amount_off'>;
    expect(lines).toBeNull();
    expect(readDocument({ ...program(), rewards: [before] })).toMatchObject({
      ok: true,
      value: { rewards: [{ lines }] },
    });
  });

  test.each([
    [{ kind: 'product', productIds: ids(100) }, null],
    [{ kind: 'product', productIds: ids(101) }, ['lines.productIds', { kind: 'too_big', limit: 100 }]],
    [{ kind: 'collection', collectionIds: ids(20) }, null],
    [{ kind: 'collection', collectionIds: ids(21) }, ['lines.collectionIds', { kind: 'too_big', limit: 20 }]],
    [{ kind: 'product', productIds: [] }, ['lines.productIds', { kind: 'too_small', limit: 1, of: 'list' }]],
    [{ kind: 'collection', collectionIds: [] }, ['lines.collectionIds', { kind: 'too_small', limit: 1, of: 'list' }]],
    [{ kind: 'product', productIds: ['1', '1'] }, ['lines.productIds', { kind: 'used_twice' }]],
    [{ kind: 'product', collectionIds: ['1'] }, ['lines.productIds', {}]],
  ] as const)('%j: %j', (lines, wrong) => {
    expect(readDocument(documentWith({ lines }))).toMatchObject(
      wrong === null
        ? { ok: true }
        : {
            ok: false,
            error: expect.arrayContaining([
              expect.objectContaining({
                path: `rewards.0.${wrong[0]}`,
                problem: expect.objectContaining(wrong[1]) as object,
              }),
            ]) as object[],
          },
    );
  });

  test('may be still to be chosen while it is off', () => {
    const open = { kind: 'product', productIds: [] };
    expect(readDocument(documentWith({ lines: open, enabled: false }))).toMatchObject({ ok: true });
  });

  test('and a limit of a percentage do not go together: a limit works for the whole cart only', () => {
    const capped = { ...newReward('percent_off', 'ten', 'EUR'), capMinor: 3000 };
    expect(readDocument({ ...program(), rewards: [{ ...capped, lines: shoes }] })).toMatchObject({
      ok: false,
      error: [{ path: 'rewards.0.capMinor', problem: { kind: 'cap_with_lines' } }],
    });
    expect(readDocument({ ...program(), rewards: [capped] })).toMatchObject({ ok: true });
  });

  test('name things of the shop; what is taken out of them does not open the reward to everything', () => {
    const document = { ...program(), rewards: [fiveOff] };
    expect(thingsNamed(document).product).toEqual(['31', '32']);
    const without = withThings(document, { product: { '31': null, '32': null } });
    expect(without.rewards[0]).toMatchObject({ lines: { kind: 'product', productIds: [] } });
    expect(readDocument(without)).toMatchObject({ ok: false });
  });

  test('are one thing in a list of changes', () => {
    const whole = { ...program(), rewards: [{ ...fiveOff, lines: null } as Reward] };
    expect(diffOf(whole, { ...whole, rewards: [fiveOff] })).toMatchObject([
      { kind: 'changed', path: ['rewards', 'some', 'lines'], before: null, after: shoes },
    ]);
  });

  test('are shown to shoppers, up to a bound of all of them together; money is taken off products then', () => {
    const of = (...rewards: Reward[]) => programSummary({ ...program(), rewards }, 1, 'EUR').rewards;
    expect(of(fiveOff, reward('percent_off', { lines: spring }), reward('amount_off', { lines: null }))).toMatchObject([
      { apply: 'code', takes_off: 'product', lines: { product_ids: ['31', '32'], collection_ids: [] } },
      { apply: 'code', takes_off: 'product', lines: { product_ids: [], collection_ids: ['7'] } },
      { apply: 'code', takes_off: 'order' },
    ]);
    expect(of(reward('amount_off', { lines: null }))[0]).not.toHaveProperty('lines');
    const many = Array.from({ length: 21 }, (_, at) => ({
      ...reward('amount_off', { lines: { kind: 'product', productIds: ids(100) } }),
      id: `many-${at}`,
    }));
    const said = of(...many, fiveOff).map(({ lines }) => lines?.product_ids.length ?? null);
    expect(said).toEqual([...Array.from({ length: 20 }, () => 100), null, null]);
    expect(of(...many).at(-1)).toMatchObject({ takes_off: 'product', lines: null });
  });

  test('leave price, days and worth as they are', () => {
    const { worth, days } = kindOf(fiveOff);
    expect([worth(fiveOff), days(fiveOff)]).toEqual([{ amountMinor: 500, points: 100 }, 30]);
  });
});
