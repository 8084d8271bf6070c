import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from '~/core/program/migration';
import type { ProgramDocument } from '~/core/program/document';
import type { ThingChoices } from '~/core/program/thingsNamed';
import { newReward } from '~/core/rewards/section';
import { asId, type PlatformId, type StoreId } from '~/core/values/ids';
import { draftOf } from '~/db/drafts';
import { inTransaction } from '~/db/inTransaction';
import { insertFurtherStore } from '~/db/stores';
import { uuidv7 } from '~/process/uuid';
import { importDocument } from '~/usecases/drafts/importDocument';
import { createMemoryShop } from '~/platforms/memory/shop';
import { at, bonus, program } from 'test/support/builders';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00');
const elsewhere = '01890000-0000-7000-8000-000000000009';
const cup = { ...newReward('free_product', 'cup', 'EUR'), variantIds: ['41'] } as ProgramDocument['rewards'][number];

/** A program of another shop: it names things that this one does not have. */
const foreign: ProgramDocument = {
  ...program({
    earning: {
      bonuses: [
        bonus({ id: 'coffee', times: 2, conditions: [{ kind: 'product', productIds: ['31', '32'] }] }),
        bonus({ id: 'shoes', times: 2, conditions: [{ kind: 'collection', collectionIds: ['7'] }] }),
        bonus({ id: 'roma', times: 2, conditions: [{ kind: 'store', storeIds: [elsewhere] }] }),
      ],
      exclude: { productIds: ['31'] },
    },
  }),
  rewards: [cup],
};

describe('a program file of another shop', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld('embedded')));
  afterAll(() => world.close());

  const sell = ({ shop }: Tenant, ...things: readonly string[]): void => {
    for (const thing of things) {
      const id = asId<PlatformId>(thing.split(' ')[1] ?? '');
      shop.things.set(thing, { id, title: thing, picture: null });
    }
  };
  const bring = ({ deps, store }: Tenant, choices: readonly ThingChoices[] = []) =>
    importDocument(deps, store.programId, { text: JSON.stringify(foreign), choices, seen: null }, 'staff:anna', now);
  const draft = ({ deps, store }: Tenant) => draftOf(deps.database.prisma, store.programId);
  const asking = (things: object) => ({ ok: false, error: { kind: 'unknown_things', things } });

  test('is not imported before everything that is not here was chosen or left out', async () => {
    const tenant = await world.tenant();
    const { storeId } = tenant.store;
    sell(tenant, 'product 32', 'product 77', 'collection 8');
    expect(await bring(tenant)).toEqual(
      asking({ product: ['31'], collection: ['7'], variant: ['41'], store: [elsewhere] }),
    );
    const first: ThingChoices = { product: { 31: '78' }, collection: { 7: '8' }, variant: { 41: null } };
    expect(await bring(tenant, [first])).toEqual(
      asking({ product: ['78'], collection: [], variant: [], store: [elsewhere] }),
    );
    expect(await draft(tenant)).toBeNull();
    const second: ThingChoices = { product: { 78: '77' }, store: { [elsewhere]: storeId } };
    expect(await bring(tenant, [first, second])).toEqual({ ok: true, value: { revision: 1, kept: [] } });
    const { earning, rewards } = (await draft(tenant))?.document ?? foreign;
    expect(earning.bonuses.map(({ conditions }) => conditions)).toEqual([
      [{ kind: 'product', productIds: ['77', '32'] }],
      [{ kind: 'collection', collectionIds: ['8'] }],
      [{ kind: 'store', storeIds: [storeId] }],
    ]);
    expect(earning.exclude.productIds).toEqual(['77']);
    expect(rewards).toEqual([{ ...cup, variantIds: [] }]);
  });
  test('what is left out is missing in the draft, at its field, and never widens a rule', async () => {
    const tenant = await world.tenant();
    sell(tenant, 'product 32', 'variant 41');
    const out: ThingChoices = { product: { 31: '32' }, collection: { 7: null }, store: { [elsewhere]: null } };
    expect((await bring(tenant, [out])).ok).toBe(true);
    const document = (await draft(tenant))?.document;
    expect(document?.earning.bonuses.map(({ conditions }) => conditions[0])).toEqual([
      { kind: 'product', productIds: ['32'] },
      { kind: 'collection', collectionIds: [] },
      { kind: 'store', storeIds: [] },
    ]);
    const read = readDocument(document);
    expect(read.ok ? [] : read.error.map(({ path }) => path)).toEqual([
      'earning.bonuses.1.conditions.0.collectionIds',
      'earning.bonuses.2.conditions.0.storeIds',
    ]);
  });
  test('is imported as it is when a store of the program has what it names; a shop that is away is not guessed', async () => {
    const tenant = await world.tenant();
    const { deps, store, shop } = tenant;
    sell(tenant, 'product 31', 'product 32');
    shop.failure = { kind: 'unavailable', reason: 'time-out' };
    expect(await bring(tenant)).toEqual({ ok: false, error: { kind: 'shop_away' } });
    shop.failure = null;
    const domain = `second-${uuidv7()}.myshopify.com`;
    const other = createMemoryShop();
    for (const kind of ['collection 7', 'variant 41'])
      other.things.set(kind, { id: asId<PlatformId>(kind.split(' ')[1] ?? ''), title: kind, picture: null });
    const second = { ...store, storeId: asId<StoreId>(elsewhere), domain, installedAt: at('10:00') };
    await inTransaction(deps.database, (tx) => insertFurtherStore(tx, second));
    world.shops.set(domain, other);
    expect((await bring(tenant)).ok).toBe(true);
    expect((await draft(tenant))?.document).toEqual(foreign);
  });
});
