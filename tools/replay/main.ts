import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readDocument } from '~/core/program/migration';
import { instant, parseInstant, type Instant } from '~/core/values/instant';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';
import { asId, platformIdForm, type PlatformId } from '~/core/values/ids';
import { publishProgram } from '~/usecases/publishProgram';
import { defaultShop, openHouse, type House } from './house';
import { labelsShownBy, learnLabels } from './labels';
import { BadLine, jsonLines, replayLines } from './lines';
import { reportOf } from './report';
import { startRun } from './run';

const usage = `Usage: npm run replay -- --program program.json --deliveries deliveries.jsonl --now 2026-12-01T00:00:00Z
  [--orders orders.jsonl] [--products products.jsonl] [--published-at 2026-01-01T00:00:00Z]`;

/** A wrong call or file; its message is all the user needs. */
class Refused extends Error {}

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refused(`The file ${path} cannot be read.`);
  }
};

const momentOf = (text: string, option: string): Instant => {
  const moment = parseInstant(text);
  if (!moment.ok)
    throw new Refused(`--${option} must be a point in time with its offset, such as 2026-12-01T00:00:00Z.`);
  return moment.value;
};

const options = () => {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: { program: text, deliveries: text, now: text, orders: text, products: text, 'published-at': text },
      allowPositionals: false,
    });
    return values;
  } catch (error) {
    throw new Refused(`${error instanceof Error ? error.message : 'The options cannot be read.'}\n${usage}`);
  }
};

const readProgram = async (path: string): Promise<unknown> => {
  const text = await readText(path);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused(`The program ${path} is not JSON.`);
  }
};

const platformId = z.union([z.string().regex(platformIdForm), z.int().nonnegative()]).transform((id) => String(id));
const productSchema = z.object({
  id: platformId,
  shop: z.string().nullish(),
  type: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  collections: z.array(platformId).nullish(),
  saleVariants: z.array(platformId).nullish(),
});

const readOrders = async (house: House, path: string): Promise<void> => {
  for await (const { number, value } of jsonLines(path)) {
    const wrapped =
      typeof value === 'object' && value !== null && 'body' in value
        ? (value as { body: unknown; shop?: unknown })
        : { body: value, shop: null };
    const order = readOrderPayload(wrapped.body, house.deps.secrets.hashEmail);
    if (!order.ok) throw new BadLine(`${path}, line ${number}: ${order.error.sentence}`);
    const shop = house.shopOf(typeof wrapped.shop === 'string' ? wrapped.shop : (await house.storeOf(null)).domain);
    shop.place(order.value);
    const shown = labelsShownBy(wrapped.body);
    if (shown !== null) shop.addLabels(shown.customerId, shown.fact);
  }
};

const readProducts = async (house: House, path: string): Promise<void> => {
  for await (const { number, value } of jsonLines(path)) {
    const product = productSchema.safeParse(value);
    if (!product.success)
      throw new BadLine(`${path}, line ${number}: "${product.error.issues[0]?.path.join('.') ?? ''}" cannot be read.`);
    const { id, shop, type, tags, collections, saleVariants } = product.data;
    const facts = {
      type: type ?? null,
      tags: tags ?? [],
      collections: collections ?? [],
      saleVariants: saleVariants ?? [],
    };
    house.shopOf(shop ?? (await house.storeOf(null)).domain).products.set(asId<PlatformId>(id), facts);
  }
};

const replay = async (): Promise<void> => {
  const given = options();
  if (given.program === undefined || given.deliveries === undefined || given.now === undefined)
    throw new Refused(usage);
  await readText(given.deliveries);
  const now = momentOf(given.now, 'now');
  const publishedAt =
    given['published-at'] === undefined ? instant(0) : momentOf(given['published-at'], 'published-at');
  const document = readDocument(await readProgram(given.program));
  if (!document.ok) {
    throw new Refused(
      [
        'The program cannot be read:',
        ...document.error.map(({ path, message }) => `  ${path === '' ? '(whole)' : path}: ${message}`),
      ].join('\n'),
    );
  }
  const clock = { now: publishedAt };
  const currency = document.value.earning.rates[0]?.currency ?? 'EUR';
  const house = await openHouse({ currency, timeZone: document.value.timeZone, clock: () => clock.now });
  try {
    await house.storeOf(await firstShop(given.deliveries));
    const published = await publishProgram(
      house.deps,
      house.programId,
      { document: document.value, basedOn: null, by: 'replay' },
      publishedAt,
    );
    if (!published.ok) throw new Refused('The program cannot be published.');
    house.takeEffects();
    if (given.orders !== undefined) await readOrders(house, given.orders);
    if (given.products !== undefined) await readProducts(house, given.products);
    await learnLabels(house, given.deliveries);
    const run = startRun(house, clock, given.deliveries);
    for await (const line of replayLines(given.deliveries)) await run.take(line);
    await run.finish(now);
    const report = await reportOf(house, clock.now);
    process.stdout.write(`${JSON.stringify({ ...report, commands: run.results, counts: run.counts }, null, 2)}\n`);
  } finally {
    await house.close();
  }
};

// The program needs a store before anything comes; which one does not matter until then.
const firstShop = async (path: string): Promise<string> => {
  for await (const { value } of jsonLines(path)) {
    const { shop } = value as { shop?: unknown };
    if (typeof shop === 'string') return shop;
  }
  return defaultShop;
};

try {
  await replay();
} catch (error) {
  if (!(error instanceof Refused) && !(error instanceof BadLine)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
