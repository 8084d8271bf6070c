import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readApiKey } from '~/http/api/key';
import { asId, type PlatformId } from '~/core/values/ids';
import { apiKeysOf } from '~/features/apiKeys/db/apiKeys';
import { acceptApiKey } from '~/db/apiKeys';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { issueApiKey } from '~/features/apiKeys/usecases/issueApiKey';
import { revokeApiKey } from '~/features/apiKeys/usecases/revokeApiKey';
import { apiEntries, apiMember, apiMembersOf } from '~/views/apiMembers';
import { at, line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customer = asId<PlatformId>('77');
const money = (minor: number) => [line({ listMinor: minor })];

describe.each(engines)('keys and what they read (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const issue = async ({ deps, store }: Tenant, name = 'a', id: string = randomUUID()): Promise<string> => {
    const issued = await issueApiKey(deps, store.programId, { id, name }, 'staff:1', at('12:00'));
    if (!issued.ok) throw new Error(issued.error.kind);
    return issued.value.key;
  };
  test('a key opens its own program only, until it ends, and is never stored', async () => {
    const [mine, other] = [await world.tenant(), await world.tenant()];
    const { prisma } = world.database;
    const key = readApiKey(await issue(mine));
    expect(key?.programId).toBe(mine.store.programId);
    const hash = key?.hash ?? '';
    expect(await acceptApiKey(prisma, mine.store.programId, hash, at('12:01'))).toBe(true);
    expect(await acceptApiKey(prisma, other.store.programId, hash, at('12:01'))).toBe(false);
    const [shown] = await apiKeysOf(prisma, mine.store.programId);
    expect(shown?.usedAt, 'noted once an hour').toBe(at('12:01'));
    await acceptApiKey(prisma, mine.store.programId, hash, at('12:59'));
    expect((await apiKeysOf(prisma, mine.store.programId))[0]?.usedAt).toBe(at('12:01'));
    await acceptApiKey(prisma, mine.store.programId, hash, at('13:01'));
    expect((await apiKeysOf(prisma, mine.store.programId))[0]?.usedAt).toBe(at('13:01'));
    await revokeApiKey(other.deps, other.store.programId, shown?.id ?? '', at('13:02'));
    expect(await acceptApiKey(prisma, mine.store.programId, hash, at('13:03')), 'another program cannot end it').toBe(
      true,
    );
    await revokeApiKey(mine.deps, mine.store.programId, 'no id', at('13:03'));
    await revokeApiKey(mine.deps, mine.store.programId, shown?.id ?? '', at('13:04'));
    expect(await acceptApiKey(prisma, mine.store.programId, hash, at('13:05'))).toBe(false);
    expect(await apiKeysOf(prisma, mine.store.programId)).toEqual([]);
  });
  test('keys are different, few, and have names', async () => {
    const tenant = await world.tenant();
    const keys = new Set<string>();
    for (let index = 0; index < 20; index += 1) keys.add(await issue(tenant, `key ${index}`));
    expect(keys.size).toBe(20);
    const refused = await issueApiKey(
      tenant.deps,
      tenant.store.programId,
      { id: randomUUID(), name: 'one more' },
      'staff:1',
      at('12:00'),
    );
    expect(refused.ok ? null : refused.error.kind).toBe('too_many_keys');
    const nameless = await issueApiKey(
      tenant.deps,
      tenant.store.programId,
      { id: randomUUID(), name: ' ' },
      'staff:1',
      at('12:00'),
    );
    expect(nameless.ok ? null : nameless.error.kind).toBe('no_name');
  });
  test('a wish that is sent again because no answer came is one key, and the one that nobody saw opens nothing', async () => {
    const tenant = await world.tenant();
    const { prisma } = world.database;
    const { programId } = tenant.store;
    const id = randomUUID();
    const [lost, seen] = [
      readApiKey(await issue(tenant, 'helpdesk', id)),
      readApiKey(await issue(tenant, 'helpdesk', id)),
    ];
    expect((await apiKeysOf(prisma, programId)).map(({ name }) => name)).toEqual(['helpdesk']);
    expect(await acceptApiKey(prisma, programId, lost?.hash ?? '', at('12:01'))).toBe(false);
    expect(await acceptApiKey(prisma, programId, seen?.hash ?? '', at('12:01'))).toBe(true);
  });
  test('no other program’s member can be read; a merged one is who has the points now', async () => {
    const [mine, other] = [await world.tenant(), await world.tenant()];
    for (const tenant of [mine, other]) await tenant.settle([order({ orderId: 1, lines: money(5000) })], at('12:01'));
    const { database } = world;
    const [found] = await apiMembersOf(database, other.store.programId, customer, null, at('12:02'));
    expect(found).toMatchObject({ available: 50, customers: [{ shop: other.store.domain, id: '77' }] });
    const page = { cursor: null, limit: 10, language: 'en' as const };
    expect(await apiMember(database, mine.store.programId, found?.id ?? '', at('12:02'))).toBeNull();
    expect(await apiEntries(database, mine.store.programId, found?.id ?? '', page)).toBeNull();
    expect(await apiEntries(database, other.store.programId, randomUUID(), page)).toBeNull();
    expect((await apiEntries(database, other.store.programId, found?.id ?? '', page))?.data).toHaveLength(1);
    expect(await apiMembersOf(database, other.store.programId, customer, mine.store.domain, at('12:02'))).toEqual([]);
    await mergeCustomers(other.deps, other.store, { gone: customer, kept: asId<PlatformId>('78') }, at('12:03'));
    const [now] = await apiMembersOf(database, other.store.programId, customer, null, at('12:04'));
    expect(now).toMatchObject({
      available: 50,
      customers: expect.arrayContaining([{ shop: other.store.domain, id: '78' }]) as unknown,
    });
    expect(now?.id).not.toBe(found?.id);
  });
});

test('what is no key is no key', () => {
  for (const text of ['', 'fid_', 'fid_abc', `fid_${'A'.repeat(54)}`, `xid_${'A'.repeat(54)}`, `fid_${'!'.repeat(54)}`])
    expect([text, readApiKey(text)]).toEqual([text, null]);
});
