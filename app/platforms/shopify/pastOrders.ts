import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PastOrder, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from './adminClient';
import { idOf } from './gid';
import { lineItemSchema, orderSchema, shippingLineSchema, snapshotOf } from './operations/orderFields';
import { readOrder } from './operations/readOrder';
import { readOrderExport } from './operations/readOrderExport';
import { startOrderExport } from './operations/startOrderExport';

const lookAgainSeconds = 1;

/** A place in an export: so many of its orders lie behind. */
type Place = { readonly exportId: string; readonly passed: number };

const resumeAt = ({ exportId, passed }: Place): string => `${exportId} ${passed}`;
const placeOf = (resume: string | null): Place | null => {
  const [, exportId, passed] = /^(\S+) (\d{1,12})$/.exec(resume ?? '') ?? [];
  return exportId === undefined ? null : { exportId, passed: Number(passed) };
};

const failed = (failure: PlatformFailure): PastOrder => ({ kind: 'failed', failure });

/**
 * Shopify writes past orders into a file, which takes it a while; the file stays as it is for a week. A word that names
 * no place begins anew.
 */
export async function* pastOrders(
  client: AdminClient,
  since: Instant | null,
  resume: string | null,
  hashEmail: (email: string) => string,
): AsyncIterable<PastOrder> {
  const place = placeOf(resume);
  if (place === null) {
    const started = await startOrderExport(client, since);
    yield started.ok
      ? { kind: 'wait', seconds: lookAgainSeconds, resume: resumeAt({ exportId: started.value, passed: 0 }) }
      : failed(started.error);
    return;
  }
  const read = await readOrderExport(client, place.exportId);
  if (!read.ok) return yield failed(read.error);
  const file = read.value;
  if (file.kind === 'failed') return yield failed({ kind: 'refused', reasons: [file.reason] });
  yield { kind: 'found', orders: file.objects };
  if (file.kind === 'running') return yield { kind: 'wait', seconds: lookAgainSeconds, resume: resumeAt(place) };
  if (file.url === null) return;
  try {
    yield* ordersIn(client, file.url, place, hashEmail);
  } catch (error) {
    yield failed({ kind: 'unavailable', reason: error instanceof Error ? error.message : 'the file cannot be read' });
  }
}

type Unread = { readonly orderId: PlatformId | null; readonly reason: string };

const rootSchema = orderSchema.extend({ refunds: z.array(z.object({ id: z.string() })) });
const lineSchema = z.object({ id: z.string(), __parentId: z.string().optional() }).loose();

/**
 * The orders of a file (JSON lines, each order followed by its children), one at a time, behind a place. A refunded
 * order is read from the API as a whole, because the file cannot hold its refunds' lines. Never more than one order is
 * in memory. Throws when the connection breaks.
 */
async function* ordersIn(
  client: AdminClient,
  url: string,
  { exportId, passed }: Place,
  hashEmail: (email: string) => string,
): AsyncIterable<PastOrder> {
  let seen = 0;
  for await (const group of groupsIn(client, url)) {
    seen += 1;
    if (seen <= passed) continue;
    const order = await orderOf(client, group, hashEmail);
    const resume = resumeAt({ exportId, passed: seen });
    yield order.ok ? { kind: 'order', order: order.value, resume } : { kind: 'unreadable', ...order.error, resume };
  }
}

/** The lines of each order of a file. */
async function* groupsIn(client: AdminClient, url: string): AsyncIterable<readonly unknown[]> {
  const response = await client.open(url);
  if (!response.ok || response.body === null) throw new Error(`The export file answered ${response.status}.`);
  const lines = createInterface({ input: Readable.fromWeb(response.body as ReadableStream), crlfDelay: Infinity });
  let group: unknown[] = [];
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const line: unknown = JSON.parse(text);
    if (lineSchema.parse(line).__parentId === undefined && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(line);
  }
  if (group.length > 0) yield group;
}

const orderOf = async (
  client: AdminClient,
  [root, ...children]: readonly unknown[],
  hashEmail: (email: string) => string,
): Promise<Result<OrderSnapshot, Unread>> => {
  const order = rootSchema.safeParse(root);
  if (!order.success)
    return refuse({ orderId: null, reason: `unexpected shape at ${order.error.issues[0]?.path.join('.') ?? ''}` });
  if (order.data.refunds.length > 0) return readWhole(client, order.data.id, hashEmail);
  try {
    const of = (type: string): readonly unknown[] =>
      children.filter((child) => lineSchema.parse(child).id.includes(`/${type}/`));
    const lines = of('LineItem').map((line) => lineItemSchema.parse(line));
    const shippingLines = of('ShippingLine').map((line) => shippingLineSchema.parse(line));
    const snapshot = snapshotOf({ order: order.data, lines, shippingLines, refunds: [] }, hashEmail);
    return snapshot.ok ? snapshot : refuse({ orderId: idOf(order.data.id), reason: snapshot.error.sentence });
  } catch (error) {
    return refuse({
      orderId: idOf(order.data.id),
      reason: error instanceof z.ZodError ? 'a line has an unexpected shape' : String((error as Error).message),
    });
  }
};

const readWhole = async (
  client: AdminClient,
  gid: string,
  hashEmail: (email: string) => string,
): Promise<Result<OrderSnapshot, Unread>> => {
  const order = await readOrder(client, idOf(gid), hashEmail);
  if (!order.ok && order.error.kind === 'unavailable')
    throw new Error(`A refunded order could not be read: ${order.error.reason}`);
  if (!order.ok && order.error.kind === 'unreadable')
    return refuse({ orderId: idOf(gid), reason: order.error.sentence });
  if (!order.ok || order.value === null)
    return refuse({ orderId: idOf(gid), reason: 'the order cannot be read any more' });
  return ok(order.value);
};
