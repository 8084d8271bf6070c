import { instant } from '~/core/values/instant';
import { deleteStore, forgetShop } from '~/db/eraseStore';
import { exportFile } from '~/features/pointFiles/views/exportFile';
import { translate, type MessageKey } from '~/i18n/catalog';
import { doNext } from '~/jobs/doNext';
import { exportedTables, followers, jobs, sweeps, tables, wings } from '~/process/wings';
import { explain } from '~/i18n/explain';
import type { Why } from '~/core/explanation/why';
import { eventsAfter } from '~/db/events';
import { registerFollowers } from '~/db/followers';
import { uuidv7 } from '~/process/uuid';
import { followNext, numberNextEvents } from '~/usecases/events/followEvents';
import { at, order, program } from 'test/support/builders';
import { openWorld, type Tenant, type World } from 'test/support/world';
import { greetLater } from './dummy/usecases/effects/greet';
import { greetingsPage } from './dummy/views/greetingsPage';

/** An order earns points; the follower is told, and told again: the words of the bonuses that there are. */
const thankTwice = async (world: World, { deps, store, settle }: Tenant): Promise<readonly string[]> => {
  await settle([order()], at('12:01'));
  const { prisma } = world.database;
  const follower = followers.find(({ name }) => name === 'dummy');
  if (follower === undefined) return ['nobody follows'];
  await registerFollowers(prisma, ['dummy']);
  await numberNextEvents(deps);
  const { events } = await eventsAfter(prisma, 0, follower.names, 100);
  await followNext(deps, follower, uuidv7(), () => at('12:02'));
  await follower.handle(deps, events, at('12:03'));
  const entries = await prisma.entry.findMany({ where: { programId: store.programId, kind: 'bonus' } });
  return entries.map(({ why, points }) => explain(why as Why, Number(points), 0, 'en', program().names).sentence);
};

/** Runs in a copy of the repository that has the wing: tells, as one line of JSON, what the house made of it. */
const run = async (): Promise<object> => {
  const world = await openWorld('embedded');
  const tenant = await world.tenant();
  const { deps, store } = tenant;
  const { programId } = store;
  const job = jobs.find(({ effect }) => effect.kind === 'greet');
  await deps.enqueue([greetLater.of({ programId, name: 'Ada' })]);
  const context = { deps: { ...deps, forgetJobs: world.queue.forgetJobs }, clock: () => instant(Date.now()) };
  const onError = (error: unknown): void => {
    throw error;
  };
  const done = job === undefined ? 0 : await doNext(job, context, { queue: world.queue, batchSize: 1, onError });
  const thanked = await thankTwice(world, tenant);
  const page = await greetingsPage(deps.database, programId);
  const exported: unknown[] = [];
  for await (const line of exportFile(deps.database, exportedTables, programId, 'everything')?.lines ?? []) {
    const { table, row } = JSON.parse(line) as { readonly table: string; readonly row: { readonly name?: string } };
    if (table === 'greeting') exported.push(row.name);
  }
  const erased: object[] = [];
  await forgetShop(deps.database.prisma, store.domain);
  for await (const counts of deleteStore(deps.database.prisma, tables, store, true)) erased.push(counts);
  await world.close();
  return {
    wings: wings.map(({ name }) => name),
    done,
    thanked,
    names: page.names,
    exported,
    erased: erased.filter((counts) => 'greeting' in counts),
    sweeps: sweeps.filter(({ name }) => name === 'look for greetings').length,
    title: translate('de', 'dummy.title' as MessageKey),
  };
};

run()
  .then((answer) => {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    process.exit(0);
  })
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
