import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const data = join(process.cwd(), 'test', 'data', 'replay');
const folder = mkdtempSync(join(tmpdir(), 'fidelio-replay-'));
const lines = readFileSync(join(data, 'deliveries.jsonl'), 'utf8').trim().split('\n');

type Report = {
  readonly customers: readonly {
    readonly customerId: string;
    readonly tier: string | null;
    readonly labels: readonly { readonly label: string; readonly from: string | null; readonly until: string | null }[];
    readonly entries: readonly {
      readonly kind: string;
      readonly points: number;
      readonly explanation: Readonly<Record<string, string>>;
    }[];
    readonly redemptions: readonly { readonly state: string; readonly order: string | null }[];
  }[];
  readonly orders: readonly {
    readonly orderId: string;
    readonly entitlement: number;
    readonly context: { readonly tier: string };
  }[];
  readonly commands: readonly { readonly line: number; readonly ok: boolean; readonly answer: unknown }[];
};

// Bundled once, beside the packages that it loads: what `npm run replay` compiles anew each time.
const tool = join(process.cwd(), 'test-output', `replay-${process.pid}.mjs`);
beforeAll(() =>
  build({
    entryPoints: ['tools/replay/main.ts'],
    outfile: tool,
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
  }),
);
afterAll(() => rmSync(tool, { force: true }));

const replay = (
  deliveries: readonly string[],
  part: Readonly<Record<string, string>> = {},
  [command, ...first]: readonly [string, ...string[]] = [process.execPath, tool],
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const file = join(folder, `${String(Math.floor(performance.now() * 1000))}.jsonl`);
  writeFileSync(file, `${deliveries.join('\n')}\n`);
  const options = {
    program: join(data, 'program.json'),
    deliveries: file,
    orders: join(data, 'orders.jsonl'),
    now: '2026-06-20T00:00:00Z',
    ...part,
  };
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(command, [...first, ...given]);
  const read = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (read.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (read.err += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, ...read })));
};
const report = async (...asked: Parameters<typeof replay>): Promise<Report> =>
  JSON.parse((await replay(...asked)).out) as Report;
const entriesOf = (from: Report, customerId: string) =>
  from.customers.find((one) => one.customerId === customerId)?.entries.map(({ kind, points }) => [kind, points]);

const money = (amount: string) => ({ shop_money: { amount, currency_code: 'EUR' } });
const bought = (id: number, placed: string, part: object = {}, line: object = {}) => ({
  id,
  name: `#${id}`,
  currency: 'EUR',
  created_at: placed,
  processed_at: placed,
  updated_at: placed,
  financial_status: 'paid',
  customer: { id: 5 },
  line_items: [{ id, product_id: 1, quantity: 1, current_quantity: 1, price_set: money('100.00'), ...line }],
  ...part,
});
const deliver = (topic: string, triggeredAt: string, body: object) =>
  JSON.stringify({ topic, triggeredAt, shop: 'a.myshopify.com', body });
const file = (named: string, lines: readonly object[]): string => {
  const path = join(folder, named);
  writeFileSync(path, lines.map((one) => JSON.stringify(one)).join('\n'));
  return path;
};

describe('the replay', () => {
  test('runs deliveries and commands in the order of the file, and explains every entry', async () => {
    const all = await report(lines, {}, ['npm', 'run', '--silent', 'replay', '--']);
    expect(entriesOf(all, '77')).toEqual([
      ['award', 110],
      ['bonus', 50],
      ['award', 176],
      ['clawback', -86],
      ['redeem', -50],
      ['award', 42],
      ['clawback', -24],
    ]);
    expect(all.customers[0]?.entries[0]?.explanation.it?.replace(/\s/g, ' ')).toBe(
      'Ordine #1002 · 110 punti: 50,00 € × (2× fine settimana + 0,2 lancio), 1 punto ogni 1,00 €',
    );
    expect(all.customers[0]?.redemptions).toMatchObject([{ state: 'used', order: '1003' }]);
    expect(all.orders.map(({ orderId, entitlement, context }) => [orderId, entitlement, context.tier])).toEqual([
      ['1001', 176, 'silver'],
      ['1002', 0, 'silver'],
      ['1003', 42, 'gold'],
      ['1004', 24, 'silver'],
    ]);
    expect(all.commands.map(({ line, ok }) => [line, ok])).toEqual([
      [4, true],
      [6, false],
      [8, true],
      [9, true],
    ]);
    expect(entriesOf(all, '78'), 'an order that was never delivered').toEqual([['award', 24]]);
  });
  test('knows what the files tell of the shop: a code used on an order that was never delivered, products as they were at each order', async () => {
    const program = JSON.parse(readFileSync(join(data, 'program.json'), 'utf8')) as {
      tiers: unknown;
      earning: { bonuses: object[]; caps: unknown };
      policies: object;
    };
    program.tiers = null;
    program.earning.caps = {};
    const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
    const twice = { name, stacking: 'additive', effect: { kind: 'multiply', basisPoints: 20_000 } };
    program.earning.bonuses = [
      { id: 'tagged', ...twice, conditions: [{ kind: 'product_tag', tags: ['promo'] }] },
      { id: 'collected', ...twice, conditions: [{ kind: 'collection', collectionIds: ['11'] }] },
    ];
    const code = 'SCONTO50';
    const paying = bought(3, '2026-06-04T10:00:00Z', {
      discount_codes: [{ code }],
      discount_applications: [{ type: 'discount_code', code }],
      line_items: [
        {
          id: 3,
          quantity: 1,
          current_quantity: 1,
          price_set: money('20.00'),
          discount_allocations: [{ amount_set: money('5.00'), discount_application_index: 0 }],
        },
      ],
    });
    const all = await report(
      [
        deliver('orders/paid', '2026-06-01T10:00:00Z', bought(1, '2026-06-01T09:00:00Z')),
        deliver('products/update', '2026-06-02T10:00:00Z', { id: 1, product_type: '', tags: '', variants: [] }),
        deliver('orders/paid', '2026-06-02T11:00:00Z', bought(2, '2026-06-02T10:30:00Z')),
        JSON.stringify({
          command: 'redeem',
          customer: '5',
          reward: 'five',
          redemption: '019a0000-0000-7000-8000-000000000001',
          code,
          at: '2026-06-03T10:00:00Z',
        }),
        JSON.stringify({
          command: 'cancel_redemption',
          customer: '5',
          redemption: '019a0000-0000-7000-8000-000000000001',
          at: '2026-06-04T10:30:00Z',
        }),
      ],
      {
        program: file('twice.json', [program]),
        products: file('products.jsonl', [{ id: '1', tags: ['Promo'], collections: ['11'] }]),
        orders: file('platform.jsonl', [paying]),
      },
    );
    expect(all.orders.map(({ orderId, entitlement }) => [orderId, entitlement])).toEqual([
      ['1', 300],
      ['2', 200],
    ]);
    expect(all.customers[0]?.redemptions).toMatchObject([{ state: 'used', order: null }]);
  });
  test('labels come from messages about them and from what the files show of customers, each as of its own time', async () => {
    const plain = JSON.parse(readFileSync(join(data, 'program.json'), 'utf8')) as { earning: object };
    const program = file('labels.json', [
      {
        ...plain,
        tiers: null,
        segments: [],
        earning: { ...plain.earning, bonuses: [], caps: {}, exclude: { customerTags: ['Wholesale'] } },
      },
    ]);
    const placed = (id: number, at: string, customer: object) => bought(id, at, { customer });
    const tagged = (topic: string, at: string) =>
      JSON.stringify({
        topic,
        triggeredAt: at,
        shop: 'a.myshopify.com',
        body: { customerId: 'gid://shopify/Customer/5', tags: ['wholesale'], occurredAt: at },
      });
    const all = await report(
      [
        deliver('orders/paid', '2026-06-01T10:00:01Z', placed(1, '2026-06-01T10:00:00Z', { id: 5 })),
        deliver('orders/paid', '2026-06-01T10:00:01Z', placed(2, '2026-06-01T10:00:00Z', { id: 6 })),
        deliver('orders/paid', '2026-06-03T10:00:01Z', placed(3, '2026-06-03T10:00:00Z', { id: 5 })),
        tagged('customer.tags_added', '2026-06-02T10:00:00Z'),
        tagged('customer.tags_removed', '2026-06-04T10:00:00Z'),
        deliver('orders/paid', '2026-06-05T10:00:01Z', placed(4, '2026-06-05T10:00:00Z', { id: 5 })),
      ],
      { program, orders: file('shown.jsonl', [placed(2, '2026-06-01T10:00:00Z', { id: 6, tags: 'vip, Wholesale' })]) },
    );
    expect(all.orders.map(({ orderId, entitlement }) => [orderId, entitlement > 0])).toEqual([
      ['1', true],
      ['2', false],
      ['3', false],
      ['4', true],
    ]);
    expect(all.customers.map(({ customerId, labels }) => [customerId, labels])).toEqual([
      ['5', [{ label: 'wholesale', from: '2026-06-02T10:00:00.000Z', until: '2026-06-04T10:00:00.000Z' }]],
      [
        '6',
        [
          { label: 'vip', from: null, until: null },
          { label: 'wholesale', from: null, until: null },
        ],
      ],
    ]);
  });
  test('doubled and swapped deliveries end in the same points', async () => {
    const [one, two, three, ...rest] = lines;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three lines');
    const [straight, tangled] = await Promise.all([report(lines), report([three, two, one, two, three, ...rest])]);
    const worth = (from: Report) => from.orders.map(({ orderId, entitlement }) => [orderId, entitlement]);
    const sums = (from: Report) =>
      from.customers.map(({ customerId, entries }) => [
        customerId,
        entries.reduce((sum, { points }) => sum + points, 0),
      ]);
    expect(worth(tangled)).toEqual(worth(straight));
    expect(sums(tangled)).toEqual(sums(straight));
  });
  test.each([
    ['this is not JSON', [...lines.slice(0, 2), 'oops'], /line 3: this is not JSON/],
    ['a delivery without a topic', ['{"body": {}}'], /line 1: "topic" cannot be read/],
    ['an unknown command', [lines[0] ?? '', '{"command": "dance"}'], /line 2: "command" cannot be read/],
    ['an order that cannot be read', ['{"topic": "orders/paid", "body": {"id": 5}}'], /line 1: The order's field/],
    [
      'a moment without an offset',
      ['{"command": "advance_clock", "at": "2026-06-01T00:00:00"}'],
      /line 1: "at" cannot be read/,
    ],
  ])('%s stops it with the number of the line', async (_, given, sentence) => {
    const { code, out, err } = await replay(given);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('    at ');
  });
  test('a program that cannot be read is refused with the places', async () => {
    const bad = join(folder, 'bad.json');
    const document = JSON.parse(readFileSync(join(data, 'program.json'), 'utf8')) as { earning: { rounding: string } };
    writeFileSync(bad, JSON.stringify({ ...document, earning: { ...document.earning, rounding: 'up' } }));
    const { code, err } = await replay(lines, { program: bad });
    expect(code).toBe(1);
    expect(err).toContain('earning.rounding');
  });
});
