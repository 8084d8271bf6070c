import { execFileSync } from 'node:child_process';
import { asId, type ProgramId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { findSimulation } from '~/features/simulation/db/simulations';
import { askSimulation } from '~/features/simulation/usecases/askSimulation';
import { runSimulation } from '~/features/simulation/usecases/runSimulation';
import { uuidv7 } from '~/process/uuid';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { reopenTestDatabase } from '../support/database';
import { openWorld, type Tenant } from '../support/world';
import { benchVersions, limitedDraft, membersWith } from './simulation';

/**
 * A simulation as a merchant asks for it, orders read from the database: `npx tsx test/bench/simulationStored.ts
 * [orders] [limited]`, on the PostgreSQL server that TEST_DATABASE_URL names, else embedded. `limited`: the draft's
 * rewards run out for all members. Storing the orders takes longest; on a server the simulation has a process of its
 * own, so that the memory is its own, too.
 */
const ordersAtOnce = 500;

const ask = async ({ deps, store }: Tenant, isLimited: boolean, now: ReturnType<typeof instant>): Promise<string> => {
  const { programId } = store;
  const wish = { document: isLimited ? limitedDraft : benchVersions.draft, basedOn: 1, revision: null };
  const saved = await saveDraft(deps, programId, wish, 'staff:1', now);
  const asked = await askSimulation(deps, programId, { id: uuidv7(), chance: 3000 }, now);
  if (!saved.ok || !asked.ok) throw new Error('the simulation was refused');
  return asked.value.id;
};

const play = async ({ deps }: Tenant, programId: ProgramId, id: string): Promise<void> => {
  const start = performance.now();
  await runSimulation(deps, programId, id, () => instant(Date.now()));
  const seconds = (performance.now() - start) / 1000;
  const found = await findSimulation(deps.database.prisma, programId, id);
  const memory = `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`;
  const taken = found?.results?.draft.reduce((sum, { rewards }) => sum + rewards, 0);
  const played = `${found?.ordersPlayed} orders, ${found?.state}, ${taken} rewards`;
  process.stdout.write(`${played}, ${seconds.toFixed(1)} s, ${memory}\n`);
};

const store = async (): Promise<void> => {
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
  const id = await ask(tenant, process.argv[3] === 'limited', now);
  if (world.url === null) await play(tenant, programId, id);
  else {
    const [tsx = '', file = ''] = [process.argv[0], process.argv[1]];
    const further = ['play', world.url, programId, id];
    execFileSync(tsx, [...process.execArgv, file, ...further], { stdio: 'inherit' });
  }
  await world.close();
};

/** In a process of its own: plays what another one stored. */
const playStored = async (url: string, programId: string, id: string): Promise<void> => {
  const world = await openWorld('server', () => reopenTestDatabase(url));
  await play(await world.tenant(), asId<ProgramId>(programId), id);
  await world.close();
};

const [what, url = '', programId = '', id = ''] = process.argv.slice(2);
const done = what === 'play' ? playStored(url, programId, id) : store();
done.catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
