import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched } from 'test/devstore/process/launch';
import { createMerchant, until } from 'test/devstore/storefront/shopper';
import { sign } from 'test/devstore/webhooks/webhooks';
import { copyServerDatabase, engines } from 'test/support/database';
import { freezableWay, type FreezableWay } from 'test/support/frozenServer';

describe.each(engines.filter((engine) => engine === 'server'))('while the database hangs (%s)', () => {
  let launched: Launched;
  let way: FreezableWay;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const folder = join(process.cwd(), '.data', 'hanging');
    rmSync(folder, { recursive: true, force: true });
    const server = await copyServerDatabase();
    drop = server.drop;
    way = await freezableWay(server.url);
    launched = await launch({ folder, customers: 1, port: 0, logLevel: 'silent', databaseUrl: way.url });
    const merchant = createMerchant(launched.store, idToken);
    expect(
      (await merchant.submit('/app/start', 'routes/app.start', { language: 'it', point: 'punto', points: 'punti' }))
        .status,
    ).toBe(204);
  });
  afterAll(async () => {
    await launched?.stop();
    await way?.close();
    await drop?.();
  });

  const get = (path: string, patienceMs: number): Promise<Response> =>
    fetch(`${launched.directUrl()}${path}`, { signal: AbortSignal.timeout(patienceMs) });
  const hook = (body: string): Promise<Response> =>
    fetch(`${launched.directUrl()}/webhooks/products`, {
      method: 'POST',
      signal: AbortSignal.timeout(5000),
      body,
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': 'products/update',
        'x-shopify-hmac-sha256': sign(launched.store.app.apiSecret, body),
        'x-shopify-shop-domain': launched.store.shop.domain,
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': randomUUID(),
      },
    });

  test('everybody is answered 503 in a sentence while they still wait, and all is well when it is back', async () => {
    expect([(await get('/readyz', 2000)).status, (await hook('{"id": 1}')).status]).toEqual([200, 200]);
    way.freeze();
    const ready = await get('/readyz', 2500);
    expect([ready.status, await ready.text()]).toEqual([503, 'the database does not answer']);
    const told = await Promise.all(Array.from({ length: 30 }, (_, id) => hook(JSON.stringify({ id: id + 2 }))));
    for (const answer of told)
      expect([answer.status, await answer.json()]).toEqual([
        503,
        { error: 'The answer took too long. Nothing is lost: ask again.' },
      ]);
    expect((await get('/healthz', 1000)).status).toBe(200);
    way.thaw();
    await until(
      async () => (await get('/readyz', 2500)).status,
      (status) => status === 200,
      20_000,
    );
    expect((await hook('{"id": 99}')).status).toBe(200);
  });
});
