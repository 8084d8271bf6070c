import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { createReadStream } from 'node:fs';
import express from 'express';
import { z } from 'zod';
import { answerTokenRequest } from '../admin-api/auth';
import { addAdmin, createAppProxy } from '../admin/embedded';
import { answerGraphql } from '../admin-api/graphql';
import { cancelOrder, fulfillOrder, refundOrder } from '../checkout/orders';
import type { Devstore } from './state';
import { addTill } from '../pos/till';
import { addStorefront } from '../storefront/storefront';
import { sendWebhooks } from '../webhooks/webhooks';

export type RunningDevstore = { readonly store: Devstore; readonly close: () => Promise<void> };

const refundSchema = z.object({
  lines: z.array(z.object({ lineId: z.number(), quantity: z.int().min(1) })).default([]),
  moneyMinor: z.int().optional(),
  shippingMinor: z.int().optional(),
});

/** Servers of the shop and of the reverse proxy of the app that listen already, so that their addresses are known. */
export type OpenPorts = { readonly shop: Server; readonly app: Server };

/** Opens both. The shop takes the next free port from `wanted` on, the app the next after it; 0: any. */
export const openPorts = async (wanted: number): Promise<OpenPorts> => {
  const shop = await openPort(wanted);
  return { shop, app: await openPort(wanted === 0 ? 0 : portOf(shop) + 1) };
};

/** Answers on both. `appTarget` says where the app itself listens. */
export const startDevstore = async (
  store: Devstore,
  appTarget: () => URL,
  ports?: OpenPorts,
): Promise<RunningDevstore> => {
  const { shop, app: proxy } = ports ?? (await openPorts(0));
  const app = express();
  app.disable('x-powered-by');
  app.post('/admin/oauth/access_token', express.json(), answerTokenRequest(store));
  app.post(
    '/admin/api/2026-10/graphql.json',
    express.json({ limit: '2mb' }),
    (request, response, next) => void answerGraphql(store)(request, response).catch(next),
  );
  addControls(app, store);
  addAdmin(app, store);
  addStorefront(app, store);
  addTill(app, store);
  shop.on('request', app);
  proxy.on('request', createAppProxy(store, appTarget));
  store.origin = `http://localhost:${portOf(shop)}`;
  return { store, close: async () => void (await Promise.all([shut(shop), shut(proxy)])) };
};

/** What a test or a visitor may do behind the scenes: refund, cancel, break things. */
const addControls = (app: express.Express, store: Devstore): void => {
  const json = express.json();
  app.get('/devstore/bulk/:id', (request, response) => {
    const operation = store.bulkOperations.get(Number(request.params.id));
    if (operation?.status !== 'COMPLETED') return void response.status(404).end();
    createReadStream(operation.file).pipe(response.type('application/jsonl'));
  });
  app.post('/devstore/orders/:id/refund', json, (request, response) => {
    const refund = refundOrder(store, Number(request.params.id), refundSchema.parse(request.body));
    const order = store.orders.get(refund.order_id);
    void sendWebhooks(store, [
      ['refunds/create', refund],
      ['orders/updated', order],
    ]);
    response.json(refund);
  });
  app.post('/devstore/orders/:id/cancel', (request, response) => {
    const order = cancelOrder(store, Number(request.params.id));
    void sendWebhooks(store, [
      ['orders/cancelled', order],
      ['orders/updated', order],
    ]);
    response.json({ id: order.id });
  });
  app.post('/devstore/orders/:id/fulfill', (request, response) => {
    const order = fulfillOrder(store, Number(request.params.id));
    void sendWebhooks(store, [
      ['orders/fulfilled', order],
      ['orders/updated', order],
    ]);
    response.json({ id: order.id });
  });
  app.post(
    '/devstore/faults',
    json,
    (request, response) => void response.json(Object.assign(store.faults, request.body)),
  );
  app.post(
    '/devstore/switches',
    json,
    (request, response) => void response.json(Object.assign(store.switches, request.body)),
  );
};

const openPort = (wanted: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(openPort(wanted + 1)) : reject(error),
    );
    server.listen(wanted, () => resolve(server));
  });

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
