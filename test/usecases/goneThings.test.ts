import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { currentProgram } from '~/db/programs';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { scheduleDraft } from '~/usecases/drafts/scheduleDraft';
import { at, bonus, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00');
const things = { product: [], collection: ['7'], variant: [], store: [] };
const refused = { ok: false, error: { kind: 'unknown_things', things } };

describe.each(engines)('a draft that names what is not in the shop any more (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const onShoes = (enabled: boolean): ProgramDocument => {
    const conditions = [{ kind: 'collection' as const, collectionIds: ['7'] }];
    return program({ earning: { bonuses: [{ ...bonus({ id: 'shoes', times: 2, conditions }), enabled }] } });
  };
  const drafted = async (enabled = true) => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    const document = onShoes(enabled);
    const saved = await saveDraft(deps, store.programId, { document, basedOn: 1, revision: null }, 'staff:1', now);
    if (!saved.ok || saved.value.revision === null) throw new Error('nothing was saved');
    return { tenant, revision: saved.value.revision };
  };
  const publish = ({ deps, store }: Tenant, revision: number) =>
    publishDraft(deps, store.programId, revision, 'staff:1', now);
  const version = async ({ deps, store }: Tenant) =>
    (await currentProgram(deps.database.prisma, store.programId))?.version;

  test('is not published, at once or at a time; with it back in the shop it is', async () => {
    const { tenant, revision } = await drafted();
    expect(await publish(tenant, revision)).toEqual(refused);
    const plan = { revision, at: instant(now + 3_600_000) };
    expect(await scheduleDraft(tenant.deps, tenant.store.programId, plan, 'staff:1', now)).toEqual(refused);
    expect(await version(tenant)).toBe(1);
    tenant.shop.things.set('collection 7', { id: asId<PlatformId>('7'), title: 'Shoes', picture: null });
    expect(await publish(tenant, revision)).toEqual({ ok: true, value: { version: 2, kept: [] } });
    // Asked again it is the same version, whatever became of the collection.
    tenant.shop.things.clear();
    expect(await publish(tenant, revision)).toEqual({ ok: true, value: { version: 2, kept: [] } });
  });

  test('is published with the rule off, and when the shop cannot be asked: nobody waits for it', async () => {
    const off = await drafted(false);
    expect(await publish(off.tenant, off.revision)).toMatchObject({ ok: true });
    const away = await drafted();
    away.tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    expect(await publish(away.tenant, away.revision)).toMatchObject({ ok: true });
  });
});
