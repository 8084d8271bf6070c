import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { ok, refuse, type Result } from '~/core/values/result';
import type { AdminClient } from './adminClient';
import { idOf } from './gid';
import { lineItemSchema, orderSchema, shippingLineSchema, snapshotOf } from './operations/orderFields';
import { readOrder } from './operations/readOrder';

type Unread = { readonly orderId: string | null; readonly reason: string };

const rootSchema = orderSchema.extend({ refunds: z.array(z.object({ id: z.string() })) });
const lineSchema = z.object({ id: z.string(), __parentId: z.string().optional() }).loose();

/**
 * The orders of an export file (JSON lines, each order followed by its children), one at a time, from
 * `skipOrders` on. A refunded order is read from the API as a whole, because the file cannot hold its
 * refunds' lines. Never more than one order is in memory.
 */
export async function* streamOrders(
  client: AdminClient,
  url: string,
  skipOrders: number,
  hashEmail: (email: string) => string,
): AsyncIterable<Result<OrderSnapshot, Unread>> {
  const response = await client.open(url);
  if (!response.ok || response.body === null) throw new Error(`The export file answered ${response.status}.`);
  const lines = createInterface({ input: Readable.fromWeb(response.body as ReadableStream), crlfDelay: Infinity });
  let seen = 0;
  let group: unknown[] = [];
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const line: unknown = JSON.parse(text);
    const root = lineSchema.parse(line).__parentId === undefined;
    if (root && group.length > 0) {
      seen += 1;
      if (seen > skipOrders) yield await orderOf(client, group, hashEmail);
      group = [];
    }
    group.push(line);
  }
  if (group.length > 0 && seen >= skipOrders) yield await orderOf(client, group, hashEmail);
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
