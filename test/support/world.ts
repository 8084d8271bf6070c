import { createSecrets } from '~/process/secrets';
import { auditLedger } from '~/features/health/db/audit';
import { inTransaction } from '~/db/inTransaction';
import { createProgramReader, insertVersion } from '~/db/programs';
import { insertStore, type Store } from '~/db/stores';
import { openQueue, type Queue } from '~/jobs/queue';
import { memoryModule } from '~/platforms/memory/module';
import { createMemoryShop, type MemoryShop } from '~/platforms/memory/shop';
import { httpPartner } from '~/platforms/partners/http';
import { callOutward } from '~/process/callOutward';
import type { ShopAccess } from '~/platforms/module';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Deps } from '~/usecases/deps';
import { settleOrders } from '~/usecases/settleOrders';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { storefrontBalance } from '~/views/storefrontBalance';
import { uuidv7 } from '~/process/uuid';
import { jobs, givers, tables } from '~/process/wings';
import { program } from './builders';
import { openTestDatabase, type TestDatabase } from './database';
import { wrongFacts } from './facts';

/** An open database with a queue; many programs live in it, one per test. */
export type World = TestDatabase & {
  readonly queue: Queue;
  /** The shops by their addresses: one that is put here is there for a further store. */
  readonly shops: Map<string, MemoryShop>;
  readonly tenant: (part?: { readonly document?: ProgramDocument; readonly publishedAt?: Instant }) => Promise<Tenant>;
};

/** One program with one store, and everything to act on it. */
export type Tenant = {
  readonly deps: Deps;
  readonly store: Store;
  readonly shop: MemoryShop;
  readonly settle: (snapshots: readonly OrderSnapshot[], now: Instant) => Promise<void>;
  readonly balance: (now: Instant, customer?: string) => ReturnType<typeof storefrontBalance>;
  /** Every entry of the program, oldest first. */
  readonly entries: () => Promise<
    readonly { readonly kind: string; readonly points: number; readonly forgiven: number; readonly key: string }[]
  >;
  /**
   * Throws when the ledger does not add up (Σ entries = Σ remaining − open debt = the cached balance, per member), or
   * orders know wrong things of each other.
   */
  readonly audit: () => Promise<void>;
};

// A shop in memory asks nobody.
const noAccess: ShopAccess = {
  fetch: () => Promise.reject(new Error('nothing is fetched')),
  token: () => Promise.resolve(null),
  hashEmail: (email) => email,
};

export const openWorld = async (
  engine: 'embedded' | 'server',
  open: (engine: 'embedded' | 'server') => Promise<TestDatabase> = openTestDatabase,
): Promise<World> => {
  const opened = await open(engine);
  const queue = await openQueue(opened.database, jobs, { worker: false, onError: () => undefined });
  const shops = new Map<string, MemoryShop>();
  const memory = memoryModule(({ domain }) => shops.get(domain) ?? createMemoryShop({ everybody: true }));
  const deps: Deps = {
    database: opened.database,
    programs: createProgramReader(opened.database),
    secrets: createSecrets(Buffer.alloc(32, 7).toString('base64')),
    platformOf: (address) => memory.open(address, noAccess),
    abilitiesOf: () => memory.can,
    partnerAt: (access) => httpPartner(access, callOutward({ isLocal: true })),
    enqueue: queue.enqueue,
    tables,
    givers,
    newId: <Kind>() => uuidv7() as Kind,
  };
  return {
    ...opened,
    queue,
    shops,
    tenant: async ({ document = program(), publishedAt = instant(Date.parse('2026-01-01T00:00:00Z')) } = {}) => {
      const shop = createMemoryShop({ everybody: true });
      const domain = `shop-${uuidv7()}.myshopify.com`;
      shops.set(domain, shop);
      const ids = { programId: asId<ProgramId>(uuidv7()), storeId: asId<StoreId>(uuidv7()) };
      const store: Store = {
        ...ids,
        platform: 'memory',
        domain,
        name: 'Shop',
        currency: 'EUR',
        timeZone: 'Europe/Rome',
        codeHoldMinutes: 60,
        installedAt: publishedAt,
        uninstalledAt: null,
        publishedSummary: null,
      };
      await inTransaction(opened.database, async (tx) => {
        await insertStore(tx, store);
        await insertVersion(tx, { programId: store.programId, version: 1, document, by: 'test' }, publishedAt);
      });
      return tenantOf(deps, store, shop);
    },
    close: async () => {
      await queue.stop();
      await opened.close();
    },
  };
};

const tenantOf = (deps: Deps, store: Store, shop: MemoryShop): Tenant => {
  const { prisma } = deps.database;
  const { programId } = store;
  return {
    deps,
    store,
    shop,
    settle: async (snapshots, now) => {
      await settleOrders(
        deps,
        snapshots.map((snapshot) => ({ store, snapshot })),
        now,
      );
    },
    balance: (now, customer = '77') => storefrontBalance(deps.database, store, asId<PlatformId>(customer), now),
    entries: async () =>
      (await prisma.entry.findMany({ where: { programId }, orderBy: { id: 'asc' } })).map(
        ({ kind, points, forgiven, key }) => ({
          kind,
          points: Number(points),
          forgiven: Number(forgiven),
          key: key.replace(store.storeId, 'store'),
        }),
      ),
    audit: async () => {
      const violations = await auditLedger(prisma, programId, instant(8e12));
      if (violations.length > 0) throw new Error(JSON.stringify(violations));
      const wrong = await wrongFacts(deps, programId);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
      for (const member of await prisma.member.findMany({ where: { programId } }))
        await auditMember(deps, programId, asId<MemberId>(member.id));
    },
  };
};

const auditMember = async (deps: Deps, programId: ProgramId, memberId: MemberId): Promise<void> => {
  const { prisma } = deps.database;
  const where = { programId, memberId };
  const [entries, lots, debts, member] = await Promise.all([
    prisma.entry.findMany({ where, include: { draws: true } }),
    prisma.lot.findMany({ where, include: { draws: true } }),
    prisma.debt.findMany({ where }),
    prisma.member.findUniqueOrThrow({ where: { programId_id: { programId, id: memberId } } }),
  ]);
  // Since a merge an entry's debt and its returns may be another member's.
  const owed = await prisma.debt.findMany({ where: { programId, entryId: { in: entries.map(({ id }) => id) } } });
  const returned = await prisma.entry.findMany({ where: { programId, kind: 'return' }, include: { draws: true } });
  const sum = (list: readonly bigint[]): number => Number(list.reduce((all, one) => all + one, 0n));
  const posted = sum(entries.map(({ points }) => points));
  const remaining = sum(lots.map((lot) => lot.remaining));
  const open = sum(debts.map((debt) => debt.open));
  const problems: string[] = [];
  if (posted !== remaining - open) problems.push(`Σ entries ${posted} ≠ Σ remaining ${remaining} − debt ${open}`);
  const cached = Number(member.available) + Number(member.pending);
  if (cached !== remaining - open) problems.push(`cached ${cached} ≠ ${remaining - open}`);
  for (const entry of entries) {
    const debt = owed.find(({ entryId }) => entryId === entry.id);
    // A return cancels the debt of a late use before it puts points back.
    const returns =
      entry.part === 'late' ? returned.filter(({ redemptionId }) => redemptionId === entry.redemptionId) : [];
    const cancelled = sum(returns.flatMap(({ points, draws }) => [points, ...draws.map((draw) => draw.points)]));
    const drawn = sum(entry.draws.map(({ points }) => points)) + Number(debt?.open ?? 0) + cancelled;
    // A merge draws nothing: lots and debts change their owner.
    if (entry.kind !== 'merge' && entry.points < 0n && drawn !== -Number(entry.points))
      problems.push(`${entry.key}: draws and debt ${drawn} ≠ ${-Number(entry.points)}`);
  }
  for (const id of new Set(lots.map((lot) => lot.id))) {
    const slices = lots.filter((lot) => lot.id === id);
    const size = sum(slices.map((slice) => slice.size));
    const left = sum(slices.map((slice) => slice.remaining));
    const drawn = sum(slices.flatMap((slice) => slice.draws.map(({ points }) => points)));
    if (left < 0 || left > size || size - drawn !== left)
      problems.push(`lot ${id}: size ${size}, drawn ${drawn}, left ${left}`);
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
};
