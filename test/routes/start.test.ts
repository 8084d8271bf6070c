import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FirstRun } from '~/core/program/firstRun';
import type { ProgramDocument } from '~/core/program/document';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched } from 'test/devstore/process/launch';
import { createMerchant } from 'test/devstore/storefront/shopper';
import { createServerDatabase, engines } from 'test/support/database';

type Page = { readonly kept: FirstRun | null; readonly today: string };

describe.each(engines)('the first run (%s)', (engine) => {
  let launched: Launched;
  let drop: (() => Promise<void>) | null = null;
  beforeAll(async () => {
    const folder = join(process.cwd(), '.data', `start-${engine}`);
    rmSync(folder, { recursive: true, force: true });
    const server = engine === 'server' ? await createServerDatabase() : null;
    drop = server?.drop ?? null;
    const options = { folder, customers: 3, port: 0, logLevel: 'silent' as const };
    launched = await launch({ ...options, ...(server === null ? {} : { databaseUrl: server.url }) });
  });
  afterAll(async () => {
    await launched?.stop();
    await drop?.();
  });

  const merchant = () => createMerchant(launched.store, idToken);
  const send = (form: Readonly<Record<string, string>>): Promise<Response> =>
    merchant().submit('/app/start', 'routes/app.start', { language: 'it', point: 'stella', points: 'stelle', ...form });
  const kept = async (): Promise<FirstRun | null> =>
    (await merchant().data<Page>('/app/start', 'routes/app.start')).kept;

  test('what is chosen is kept, half written too; what makes no sense changes nothing', async () => {
    expect(await kept()).toBeNull();
    expect((await send({ intent: 'keep', template: 'fashion', points: '' })).status).toBe(200);
    expect(await kept()).toEqual({ template: 'fashion', language: 'it', point: 'stella', points: '' });
    expect((await send({ intent: 'keep', template: 'casino' })).status).toBe(422);
    expect((await send({ intent: 'keep', point: 'x'.repeat(61) })).status).toBe(422);
    expect((await send({ template: 'fashion', points: ' ' })).status).toBe(422);
    expect(await kept()).toMatchObject({ template: 'fashion', points: '' });
  });
  test('products for open rewards are kept with the rest; what is no list of ids changes nothing', async () => {
    const wish = { intent: 'keep', template: 'collection' };
    expect((await send({ ...wish, variantIds: '{"prize":["91","92"]}' })).status).toBe(200);
    const variantIds = { prize: ['91', '92'] };
    expect(await kept()).toMatchObject({ template: 'collection', variantIds });
    for (const bad of ['{', '[]', '{"prize":["<b>"]}', '{"prize":91}', '{"prize":["91","91"]}', 'null'])
      expect([bad, (await send({ ...wish, variantIds: bad })).status]).toEqual([bad, 422]);
    expect(await kept()).toMatchObject({ variantIds });
    expect((await send({ intent: 'keep', template: 'fashion', points: '' })).status).toBe(200);
  });
  test('until it is published there is nowhere else to go', async () => {
    const next = await merchant().ask('/app/start/next?_data=routes%2Fapp.start_.next');
    expect([next.status, next.headers.get('x-remix-redirect')]).toEqual([204, '/app/start']);
  });
  test('it is published as the template says, in the merchant’s words; the same again is one version', async () => {
    const choices = { template: 'fashion' };
    for (const time of ['first', 'again']) {
      const begun = await send(choices);
      expect([begun.status, begun.headers.get('x-remix-redirect')], time).toEqual([204, '/app/start/next']);
    }
    const { version, document } = await merchant().data<{ version: number; document: ProgramDocument }>(
      '/app/program',
      'routes/app.program',
    );
    expect(version).toBe(1);
    expect(document.earning.holdDays).toBe(14);
    expect(document.tiers?.levels.map(({ id }) => id)).toEqual(['silver', 'gold']);
    expect(document.names.points).toMatchObject({ it: 'stelle', en: 'points' });
    expect((await send({ template: 'beauty' })).status).toBe(409);
    expect((await send({ intent: 'keep', template: 'beauty' })).status).toBe(200);
  });
  test('then come the ways into the theme editor, for the parts that the shop can show', async () => {
    const { shopUrl } = await merchant().data<{ shopUrl: string }>('/app/start/next', 'routes/app.start_.next');
    const { parts } = await merchant().data<{ parts: { name: string; isShown: boolean; editor: string }[] }>(
      '/app/parts',
      'routes/app.parts',
    );
    // The local admin leads its links into the shop to itself.
    const shop = launched.store.origin;
    expect(shopUrl).toBe(shop);
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['launcher', 'rewards', 'balance', 'history']),
    );
    for (const { editor, isShown } of parts) {
      expect(isShown).toBe(true);
      expect(editor.startsWith(`${shop}/admin/themes/current/editor?template=`), editor).toBe(true);
      expect(editor).toMatch(/&(addAppBlockId|activateAppId)=[\w-]+\/[a-z-]+(&target=|$)/);
    }
  });
});
