import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const data = join(process.cwd(), 'test', 'data', 'replay');
const folder = mkdtempSync(join(tmpdir(), 'fidelio-replay-'));
const lines = readFileSync(join(data, 'deliveries.jsonl'), 'utf8').trim().split('\n');

type Report = {
  readonly customers: readonly {
    readonly customerId: string;
    readonly tier: string | null;
    readonly entries: readonly { readonly kind: string; readonly points: number; readonly explanation: Readonly<Record<string, string>> }[];
    readonly redemptions: readonly { readonly state: string; readonly order: string | null }[];
  }[];
  readonly orders: readonly { readonly orderId: string; readonly entitlement: number; readonly context: { readonly tier: string } }[];
  readonly commands: readonly { readonly line: number; readonly ok: boolean; readonly answer: unknown }[];
};

const replay = (
  deliveries: readonly string[],
  part: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const file = join(folder, `${String(Math.floor(performance.now() * 1000))}.jsonl`);
  writeFileSync(file, `${deliveries.join('\n')}\n`);
  const options = { program: join(data, 'program.json'), deliveries: file, orders: join(data, 'orders.jsonl'), now: '2026-06-20T00:00:00Z', ...part };
  const child = spawn('npx', ['tsx', 'app/replay/main.ts', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])]);
  const read = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (read.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (read.err += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, ...read })));
};
const report = async (...asked: Parameters<typeof replay>): Promise<Report> => JSON.parse((await replay(...asked)).out) as Report;
const entriesOf = (from: Report, customerId: string) =>
  from.customers.find((one) => one.customerId === customerId)?.entries.map(({ kind, points }) => [kind, points]);

describe('the replay', () => {
  test('runs deliveries and commands in the order of the file, and explains every entry', async () => {
    const all = await report(lines);
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
  test('doubled and swapped deliveries end in the same points', async () => {
    const [one, two, three, ...rest] = lines;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three lines');
    const [straight, tangled] = await Promise.all([report(lines), report([three, two, one, two, three, ...rest])]);
    const worth = (from: Report) => from.orders.map(({ orderId, entitlement }) => [orderId, entitlement]);
    const sums = (from: Report) => from.customers.map(({ customerId, entries }) => [customerId, entries.reduce((sum, { points }) => sum + points, 0)]);
    expect(worth(tangled)).toEqual(worth(straight));
    expect(sums(tangled)).toEqual(sums(straight));
  });
  test.each([
    ['this is not JSON', [...lines.slice(0, 2), 'oops'], /line 3: this is not JSON/],
    ['a delivery without a topic', ['{"body": {}}'], /line 1: "topic" cannot be read/],
    ['an unknown command', [lines[0] ?? '', '{"command": "dance"}'], /line 2: "command" cannot be read/],
    ['an order that cannot be read', ['{"topic": "orders/paid", "body": {"id": 5}}'], /line 1: The order's field/],
    ['a moment without an offset', ['{"command": "advance_clock", "at": "2026-06-01T00:00:00"}'], /line 1: "at" cannot be read/],
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
