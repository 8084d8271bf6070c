import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import type { SimulationPage } from '~/features/simulation/views/simulationPage';
import { idToken } from 'test/devstore/admin-api/auth';
import { browserAgent } from 'test/devstore/storefront/shopper';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';

describe.each(engines)('a merchant plays a draft (%s)', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'simulation')));
  afterAll(() => door?.close());

  const send = (path: string, route: string, init: RequestInit): Promise<Response> =>
    fetch(`${door.launched.directUrl()}${path}?_data=${encodeURIComponent(route)}`, {
      method: 'POST',
      ...init,
      headers: {
        'user-agent': browserAgent,
        authorization: `Bearer ${idToken(door.launched.store)}`,
        ...init.headers,
      },
    });
  const ask = (form: Readonly<Record<string, string>>): Promise<Response> =>
    send('/app/program/simulation', 'routes/app.program.simulation', { body: new URLSearchParams(form) });
  const page = (): Promise<SimulationPage> =>
    door.merchant.data<SimulationPage>('/app/program/simulation', 'routes/app.program.simulation');
  const file = (id: string): Promise<Response> =>
    fetch(`${door.launched.directUrl()}/app/simulation.csv?id=${id}`, {
      headers: { 'user-agent': browserAgent, authorization: `Bearer ${idToken(door.launched.store)}` },
    });

  test('what cannot be read is refused, and without a draft there is nothing to play', async () => {
    expect(await page()).toMatchObject({ hasDraft: false, simulation: null });
    const odd = [
      { intent: 'ask', id: 'one', chance: '3000' },
      { intent: 'ask', id: randomUUID(), chance: 'often' },
      { intent: 'ask', id: randomUUID(), chance: '10001' },
      { intent: 'ask', id: randomUUID(), chance: '-1' },
      { intent: 'stop', id: randomUUID() },
    ];
    for (const form of odd) expect((await ask(form)).status).toBe(422);
    const nothing = await ask({ intent: 'ask', id: randomUUID(), chance: '3000' });
    expect([nothing.status, await nothing.json()]).toEqual([
      409,
      { refusal: 'There is no draft to try. Change something and save it first.' },
    ]);
    expect((await page()).simulation).toBeNull();
    for (const id of ['', 'one', randomUUID()]) expect((await file(id)).status).toBe(404);
  });

  test('from the draft to the file: the worker plays it, and it stays what it was', async () => {
    const { version, document } = await door.merchant.data<{
      readonly version: number;
      readonly document: ProgramDocument;
    }>('/app/program', 'routes/app.program');
    const draft = {
      ...document,
      earning: { ...document.earning, rates: [{ currency: 'EUR', points: 2, amountMinor: 100 }] },
    };
    const saved = await send('/app/program/earn', 'routes/app.program.earn', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ intent: 'save', document: draft, basedOn: version, revision: null }),
    });
    expect(saved.status).toBe(200);
    await door.hook('orders/paid', JSON.stringify(door.buy('played@example.com')));
    expect(await door.available('played@example.com', 89)).toBe(89);
    const id = randomUUID();
    const form = { intent: 'ask', id, chance: '0' };
    // A press that is sent twice is one simulation.
    expect([(await ask(form)).status, (await ask(form)).status]).toEqual([200, 200]);
    await expect.poll(async () => (await page()).simulation?.state, { timeout: 60_000 }).toBe('done');
    const { simulation } = await page();
    expect(simulation).toMatchObject({ id, isOver: true, isOfDraft: true, failure: null });
    const issued = (side: 'published' | 'draft') => simulation?.results?.[side].at(-1)?.issued ?? Number.NaN;
    expect(issued('published')).toBeGreaterThanOrEqual(89);
    expect(issued('draft')).toBe(2 * issued('published'));
    const answer = await file(id);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect((await answer.text()).split('\n')[0]).toMatch(/^month,program,revenue,issued/);
    // What is over is not cancelled.
    expect((await ask({ intent: 'cancel', id })).status).toBe(200);
    expect((await page()).simulation?.state).toBe('done');
  });
});
