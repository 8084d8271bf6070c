import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessTokenOf, type Renewal } from '~/process/shopify/accessToken';
import { createSessionStorage } from '~/process/shopify/sessions';
import { createSecrets } from '~/process/secrets';
import { engines } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';

const domain = 'tokens.myshopify.com';
const hourMs = 3_600_000;

// One stand-in for all engines: the environment is read once in a process.
let asked: unknown[] = [];
let refuses = false;
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      asked.push(JSON.parse(body));
      response.writeHead(refuses ? 400 : 200, { 'content-type': 'application/json' });
      const number = asked.length;
      response.end(
        JSON.stringify(
          refuses
            ? { error: 'invalid_grant' }
            : {
                access_token: `renewed-${number}`,
                refresh_token: `refresh-${number}`,
                expires_in: 3600,
                refresh_token_expires_in: 7_776_000,
                scope: 'read_orders',
              },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.SHOPIFY_DEVSTORE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  delete process.env.SHOPIFY_DEVSTORE_URL;
  server.close();
});

describe.each(engines)('the access token of a shop (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());
  const secrets = createSecrets(Buffer.alloc(32, 7).toString('base64'));
  const renewal = async (): Promise<Renewal> => {
    const { refreshSession } = await import('~/process/shopify/refreshSession');
    const sessions = createSessionStorage(() => Promise.resolve({ database: world.database, secrets }));
    return { database: world.database, sessions, refresh: refreshSession };
  };
  const keep = async (expires: Date): Promise<void> => {
    const session = new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: '',
      isOnline: false,
      scope: 'read_orders',
      accessToken: 'first',
      refreshToken: 'refresh-0',
      expires,
    });
    await (await renewal()).sessions.storeSession(session);
  };
  beforeEach(() => {
    asked = [];
    refuses = false;
  });

  test('is the one that is kept as long as it is fresh; nobody is asked', async () => {
    await keep(new Date(Date.now() + hourMs));
    expect(await accessTokenOf(await renewal(), domain, null)).toBe('first');
    expect(await accessTokenOf(await renewal(), 'nobody.myshopify.com', null)).toBeNull();
    expect(asked).toEqual([]);
  });
  test('is renewed once by all who need it at the same time, with the library’s own request, and kept', async () => {
    await keep(new Date(Date.now() + 60_000));
    const all = await Promise.all(Array.from({ length: 6 }, async () => accessTokenOf(await renewal(), domain, null)));
    expect(new Set(all)).toEqual(new Set(['renewed-1']));
    expect(asked).toEqual([
      expect.objectContaining({ client_id: 'test-key', grant_type: 'refresh_token', refresh_token: 'refresh-0' }),
    ]);
    const kept = await (await renewal()).sessions.loadSession(`offline_${domain}`);
    expect(kept).toMatchObject({ accessToken: 'renewed-1', refreshToken: 'refresh-1' });
  });
  test('that was refused is renewed although it is fresh; one that was renewed meanwhile is taken as it is', async () => {
    await keep(new Date(Date.now() + hourMs));
    expect(await accessTokenOf(await renewal(), domain, 'first')).toBe('renewed-1');
    expect(await accessTokenOf(await renewal(), domain, 'first')).toBe('renewed-1');
    expect(asked).toHaveLength(1);
  });
  test('is not there when Shopify refuses to renew; the lease is given back, and the next one tries again', async () => {
    await keep(new Date(Date.now() - 1000));
    refuses = true;
    expect(await accessTokenOf(await renewal(), domain, null)).toBeNull();
    refuses = false;
    expect(await accessTokenOf(await renewal(), domain, null)).toBe('renewed-2');
  });
});
