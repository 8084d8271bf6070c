import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asId, type RedemptionId } from '~/core/values/ids';
import { httpPartner } from '~/platforms/partners/http';
import { callOutward } from '~/process/callOutward';
import { uuidv7 } from '~/process/uuid';
import { openPartnerServer, type PartnerServer } from 'test/support/partnerServer';
import { partnerKeepsTheContract } from './partnerContract';

const newReference = (): RedemptionId => asId<RedemptionId>(uuidv7());
const opened: PartnerServer[] = [];
const open = async (): Promise<PartnerServer> => {
  const server = await openPartnerServer();
  opened.push(server);
  return server;
};
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});
const call = callOutward({ isLocal: true });

partnerKeepsTheContract('over HTTP', async () => {
  const server = await open();
  return {
    partner: httpPartner(server, call),
    newReference: () => Promise.resolve(newReference()),
    orders: () => Promise.resolve(server.orders.size),
  };
});

describe('a partner over HTTP', () => {
  let server: PartnerServer;
  beforeAll(async () => void (server = await openPartnerServer()));
  afterEach(() => void (server.trouble = () => null));
  afterAll(() => server?.close());
  const partner = (part: Partial<PartnerServer> = {}) => httpPartner({ ...server, ...part }, call);
  const place = (reference = newReference()) => partner().place({ reference, itemId: 'ticket', email: null });

  test('whose answer is lost is asked again for the same order; nobody knows meanwhile', async () => {
    const reference = newReference();
    server.trouble = () => 'lost';
    expect(await place(reference)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(await partner().status(reference)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    server.trouble = () => null;
    expect(await partner().status(reference)).toMatchObject({ ok: true, value: { kind: 'delivered' } });
    expect(await place(reference)).toMatchObject({ ok: true });
  });

  test('that is away, refuses our secret or sends elsewhere says nothing of an order', async () => {
    for (const trouble of ['away', 'redirected', 'endless'] as const) {
      server.trouble = () => trouble;
      expect([trouble, await partner().status(newReference())]).toMatchObject([
        trouble,
        { ok: false, error: { kind: 'unavailable' } },
      ]);
    }
    server.trouble = () => 'redirected';
    expect(await place()).toMatchObject({ error: { kind: 'unavailable', why: 'redirect' } });
    server.trouble = () => null;
    const stranger = partner({ secret: 'guessed' });
    expect(await stranger.place({ reference: newReference(), itemId: 'ticket', email: null })).toMatchObject({
      error: { kind: 'unavailable' },
    });
    expect(await stranger.catalogue()).toMatchObject({ error: { why: 'answer' } });
  });

  test('that does not answer is left after ten seconds', async () => {
    server.trouble = () => 'silent';
    const before = Date.now();
    expect(await place()).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(Date.now() - before).toBeGreaterThan(9_000);
    expect(Date.now() - before).toBeLessThan(15_000);
  }, 20_000);

  test('that answers without sense is not believed', async () => {
    const answering = (body: unknown) =>
      httpPartner(server, () => Promise.resolve({ ok: true, value: { status: 200, body: JSON.stringify(body) } }));
    const item = { id: 'a', name: 'A', cost: 1, currency: 'EUR' };
    for (const items of [[{ ...item, cost: -1 }], [{ ...item, id: '../a' }], [item, item], [{ ...item, name: ' ' }]])
      expect(await answering({ items }).catalogue()).toMatchObject({ ok: false, error: { why: 'answer' } });
    expect(await answering({ items: [item] }).catalogue()).toMatchObject({ ok: true });
    const delivered = (part: object) => answering({ status: 'delivered', ...part }).status(newReference());
    expect(await delivered({ code: 'A\nB' })).toMatchObject({ ok: false });
    expect(await delivered({ link: 'javascript:alert(1)' })).toMatchObject({ ok: false });
    expect(await delivered({ link: 'http://cinema.example' })).toMatchObject({ ok: false });
    expect(await delivered({})).toEqual({ ok: true, value: { kind: 'delivered', code: null, link: null } });
    const refused = await answering({ status: 'refused', reason: 'x'.repeat(5000) }).status(newReference());
    expect(refused.ok && refused.value.kind === 'refused' && refused.value.reasons[0]?.length).toBe(300);
    expect(await answering({ cost: 1.5, currency: 'EUR', available: true }).quote('a')).toMatchObject({ ok: false });
  });
});
