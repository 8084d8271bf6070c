import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { jobs, sweeps } from '~/process/wings';
import { refOf } from '~/usecases/deps';
import { effectKind, type EffectKind } from '~/usecases/effects/effect';
import { publishMemberLater } from '~/usecases/effects/publishMember';
import { readOrderLater } from '~/usecases/effects/readOrder';
import { at } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';

test('what waits on the queues of shops is found again: kinds and queues keep their names, and what waits once does so', () => {
  const known = jobs.map(({ effect, queue, key }) => [effect.kind, queue, key === undefined ? 'each' : 'once per key']);
  expect(known.sort()).toEqual([
    ['audit_program', 'audit-program', 'once per key'],
    ['claim_guest', 'claim-guest', 'each'],
    ['forget_product', 'forget-product', 'once per key'],
    ['import_past_orders', 'import-past-orders', 'once per key'],
    ['merge_customers', 'merge-customers', 'each'],
    ['note_customer', 'note-customer', 'each'],
    ['note_labels', 'note-labels', 'each'],
    ['publish_member', 'publish-member', 'once per key'],
    ['publish_program', 'publish-program', 'once per key'],
    ['read_order', 'read-order', 'once per key'],
    ['reconcile_store', 'reconcile-store', 'once per key'],
    ['run_import', 'run-import', 'once per key'],
    ['run_privacy', 'run-privacy', 'each'],
    ['run_simulation', 'run-simulation', 'once per key'],
    ['settle_member', 'settle-member', 'once per key'],
    ['settle_order', 'settle-orders', 'each'],
  ]);
});

test('every kind of effect that a use case may ask for has its job, and a sweep has one name', async () => {
  const files = import.meta.glob<Record<string, EffectKind>>(['/app/**/usecases/effects/*.ts', '!**/effect.ts']);
  const made = await Promise.all(Object.values(files).map((load) => load()));
  const kinds = made.flatMap((file) => Object.values(file)).map(({ kind }) => kind);
  expect(kinds.length).toBeGreaterThan(0);
  const done = jobs.map(({ effect }) => effect.kind);
  expect(kinds.filter((kind) => !done.includes(kind))).toEqual([]);
  expect(new Set(done).size).toBe(done.length);
  expect(new Set(sweeps.map(({ name }) => name)).size).toBe(sweeps.length);
});

describe.each(engines)('the queue, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  test('a job waits as its kind and its data, under its key and its store', async () => {
    const tenant = await world.tenant();
    const store = refOf(tenant.store);
    const { programId, storeId } = store;
    const memberId = asId<MemberId>('00000000-0000-7000-8000-000000000077');
    const orderId = asId<PlatformId>('4711');
    await tenant.deps.enqueue([
      readOrderLater.of({ store, orderId, newerThan: at('14:00'), delaySeconds: 60 }),
      readOrderLater.of({ store, orderId, newerThan: at('14:20'), delaySeconds: 60 }),
      publishMemberLater.of({ programId, memberId }),
    ]);
    const rows = await world.database.prisma.$queryRawUnsafe<{ name: string }[]>(
      `SELECT name, data, singleton_key, group_id, start_after > created_on AS waits FROM pgboss.job
       WHERE singleton_key IN ($1, $2) ORDER BY name`,
      `${programId}:${memberId}`,
      `${storeId}:4711`,
    );
    expect(rows).toEqual([
      {
        name: 'publish-member',
        data: { kind: 'publish_member', programId, memberId },
        singleton_key: `${programId}:${memberId}`,
        group_id: null,
        waits: false,
      },
      {
        name: 'read-order',
        data: { kind: 'read_order', store, orderId: '4711', newerThan: at('14:20'), delaySeconds: 60 },
        singleton_key: `${storeId}:4711`,
        group_id: storeId,
        waits: true,
      },
    ]);
  });

  test('what no job does is a mistake, and is said at once', async () => {
    const tenant = await world.tenant();
    await expect(tenant.deps.enqueue([effectKind('not_there').of({})])).rejects.toThrow('No job does "not_there"');
  });
});
