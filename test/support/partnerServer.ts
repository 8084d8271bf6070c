import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a question: it is done and the answer is lost, not done at all, refused, or never answered. */
export type ServerTrouble = 'lost' | 'away' | 'refused' | 'silent' | 'redirected' | 'endless' | null;

type Order = {
  readonly itemId: string;
  readonly email: string | null;
  status: 'placed' | 'delivered' | 'refused';
  reason?: string;
};

export type PartnerServer = {
  readonly address: string;
  readonly secret: string;
  readonly items: Map<string, { name: string; cost: number; available: boolean; needsEmail: boolean }>;
  /** The orders by their references. */
  readonly orders: Map<string, Order>;
  /** Method and path of every question, oldest first. */
  readonly asked: string[];
  /** What goes wrong next; asked at each question. */
  trouble: (question: string) => ServerTrouble;
  /** Whether it delivers at once. */
  delivers: boolean;
  readonly close: () => Promise<void>;
};

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};

/** The code that an order is delivered with. */
export const codeFor = (reference: string): string => `CODE-${reference.slice(-12)}`;

/** A partner's server on this machine, after the contract of docs/partners.md. */
export const openPartnerServer = async (): Promise<PartnerServer> => {
  const state = {
    secret: 'a secret of the partner',
    items: new Map([
      ['ticket', { name: 'Cinema ticket', cost: 750, available: true, needsEmail: false }],
      ['spa', { name: 'Day at the spa', cost: 3000, available: false, needsEmail: false }],
    ]),
    orders: new Map<string, Order>(),
    asked: [] as string[],
    trouble: (): ServerTrouble => null,
    delivers: true,
  };
  const server = createServer((request, response) => {
    void answer(opened, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const opened: PartnerServer = {
    ...state,
    address: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return opened;
};

const answer = async (server: PartnerServer, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const question = `${request.method} ${request.url}`;
  const body = await bodyOf(request);
  server.asked.push(question);
  const say = (status: number, said: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };
  const trouble = server.trouble(question);
  if (trouble === 'silent') return;
  if (trouble === 'away') return say(503, {});
  if (trouble === 'redirected') return void response.writeHead(302, { location: server.address }).end();
  if (trouble === 'endless') return void response.writeHead(200).end('x'.repeat(2 * 1024 * 1024));
  if (request.headers.authorization !== `Bearer ${server.secret}`) return say(401, {});
  const said = trouble === 'refused' ? [422, { reason: 'Not today.' }] : done(server, request, question, body);
  if (trouble === 'lost') return void response.destroy();
  say(said[0] as number, said[1]);
};

const done = (
  server: PartnerServer,
  request: IncomingMessage,
  question: string,
  body: Record<string, unknown>,
): readonly [number, unknown] => {
  const path = question.split(' /v1')[1] ?? '';
  if (question.startsWith('POST') && path === '/orders') return place(server, request, body);
  if (path === '/catalogue')
    return [200, { items: [...server.items].map(([id, { name, cost }]) => ({ id, name, cost, currency: 'EUR' })) }];
  const item = server.items.get(/^\/items\/([^/]+)\/quote$/.exec(path)?.[1] ?? '');
  if (item !== undefined) {
    const { cost, available, needsEmail } = item;
    return [200, { cost, currency: 'EUR', available, needsEmail }];
  }
  const reference = /^\/orders\/([^/]+)$/.exec(path)?.[1] ?? '';
  const order = server.orders.get(reference);
  if (order === undefined) return [404, {}];
  if (order.status === 'refused') return [200, { status: 'refused', reason: order.reason }];
  const delivered = { status: 'delivered', code: codeFor(reference), link: 'https://cinema.example/use' };
  return [200, order.status === 'delivered' ? delivered : { status: 'placed' }];
};

const place = (
  server: PartnerServer,
  request: IncomingMessage,
  { reference, itemId, email = null }: Record<string, unknown>,
): readonly [number, unknown] => {
  const key = String(reference);
  if (request.headers['idempotency-key'] !== key) return [400, { reason: 'The key is missing.' }];
  if (server.orders.has(key)) return [200, {}];
  if (server.items.get(String(itemId))?.available !== true) return [409, { reason: 'Sold out.' }];
  const status = server.delivers ? 'delivered' : 'placed';
  server.orders.set(key, { itemId: String(itemId), email: email as string | null, status });
  return [201, {}];
};
