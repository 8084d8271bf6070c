import { instant } from '~/core/values/instant';
import { findSimulation } from '~/features/simulation/db/simulations';
import { askSimulation } from '~/features/simulation/usecases/askSimulation';
import { runSimulation } from '~/features/simulation/usecases/runSimulation';
import { uuidv7 } from '~/process/uuid';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { openWorld } from '../support/world';
import { benchVersions, membersWith } from './simulation';

/**
 * A simulation as a merchant asks for it, orders read from the database: `npx tsx test/bench/simulationStored.ts
 * [orders]`, on the PostgreSQL server that TEST_DATABASE_URL names, else embedded. Storing the orders takes longest.
 */
const ordersAtOnce = 500;

const main = async (): Promise<void> => {
  const count = Number(process.argv[2] ?? 100_000);
  const engine = process.env.TEST_DATABASE_URL === undefined ? 'embedded' : 'server';
  const world = await openWorld(engine);
  const now = instant(Date.now() + 60_000);
  const publishedAt = instant(now - 900 * 86_400_000);
  const tenant = await world.tenant({ document: benchVersions.published, publishedAt });
  const orders = membersWith(count).flatMap((member) => member.orders.map(({ snapshot }) => snapshot));
  for (let from = 0; from < orders.length; from += ordersAtOnce)
    await tenant.settle(orders.slice(from, from + ordersAtOnce), instant(now - 1000));
  const { programId } = tenant.store;
  const wish = { document: benchVersions.draft, basedOn: 1, revision: null };
  const saved = await saveDraft(tenant.deps, programId, wish, 'staff:1', now);
  const asked = await askSimulation(tenant.deps, programId, { id: uuidv7(), chance: 3000 }, now);
  if (!saved.ok || !asked.ok) throw new Error('the simulation was refused');
  const stored = process.memoryUsage().rss;
  const start = performance.now();
  await runSimulation(tenant.deps, programId, asked.value.id, () => now);
  const seconds = (performance.now() - start) / 1000;
  const found = await findSimulation(tenant.deps.database.prisma, programId, asked.value.id);
  const memory = `${Math.round(stored / 1e6)} to ${Math.round(process.memoryUsage().rss / 1e6)} MB`;
  const played = `${found?.ordersPlayed} orders, ${found?.state}`;
  process.stdout.write(`${engine}: ${played}, ${seconds.toFixed(1)} s, ${memory}\n`);
  await world.close();
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
