import type { ProgramDocument } from '~/core/program/document';
import { instant, type Instant } from '~/core/values/instant';
import { attention } from '~/features/health/views/attention';
import { healthPage } from '~/features/health/views/healthPage';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { chartFigures } from '~/views/chartFigures';
import { draftEffects, shopFacts } from '~/views/draftEffects';
import { homeFigures } from '~/views/homeFigures';
import { memberList } from '~/views/memberList';
import { memberPage } from '~/views/memberPage';
import { membersAsked } from '~/views/membersAsked';
import { tierSizes } from '~/views/tierSizes';
import { openWorld, type Tenant } from '../support/world';
import { benchVersions, membersWith } from './simulation';

/**
 * What a merchant waits for with many orders behind the program: `npx tsx test/bench/admin.ts [orders]`, on the
 * PostgreSQL server that TEST_DATABASE_URL names, else embedded. Settling the orders takes longest.
 */
const ordersAtOnce = 500;
const times = 5;

const published = benchVersions.draft;
const draft: ProgramDocument = { ...published, rewards: published.rewards.slice(1), tiers: null };

const settle = async (tenant: Tenant, count: number, now: Instant): Promise<void> => {
  const orders = membersWith(count).flatMap((member) => member.orders.map(({ snapshot }) => snapshot));
  for (let from = 0; from < orders.length; from += ordersAtOnce)
    await tenant.settle(orders.slice(from, from + ordersAtOnce), now);
};

/** What is asked for, by the page that asks it. */
const questions = ({ deps, store }: Tenant, memberId: string, now: Instant): Record<string, () => Promise<unknown>> => {
  const { database } = deps;
  const platform = deps.platformOf(store);
  const list = (query: string) => () =>
    memberList(database, platform, store, membersAsked(new URLSearchParams(query)).asked, now);
  return {
    'Home: figures': () => homeFigures(database, store, published, now),
    'Home: chart': () => chartFigures(database, store, '12m', now),
    'Home: needs attention': () => attention(database, store, published, now),
    'Members: newest': list(''),
    'Members: by balance': list('sort=balance_desc'),
    'Members: of a tier': list('tier=gold&sort=balance_desc'),
    'Members: points lapse': list('view=lapsing'),
    'Members: number of an order': list('q=%231500'),
    'Member page': () => memberPage(database, platform, store, { id: memberId, before: null }, now),
    'Program: facts of the shop': () => shopFacts(database, store, now),
    'Tiers: how many': () => tierSizes(deps, store.programId, published, now),
    'Review: effects': () => draftEffects(deps, store.programId, now),
    Health: () => healthPage(database, store, now),
  };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const main = async (): Promise<void> => {
  const world = await openWorld(process.env.TEST_DATABASE_URL === undefined ? 'embedded' : 'server');
  const now = instant(Date.now() + 60_000);
  const tenant = await world.tenant({ document: published, publishedAt: instant(now - 900 * 86_400_000) });
  await settle(tenant, Number(process.argv[2] ?? 50_000), instant(now - 1000));
  const { prisma } = tenant.deps.database;
  await prisma.$executeRawUnsafe('VACUUM ANALYZE');
  const { programId } = tenant.store;
  await saveDraft(tenant.deps, programId, { document: draft, basedOn: 1, revision: null }, 'staff:1', now);
  const member = await prisma.member.findFirst({ where: { programId }, orderBy: { id: 'asc' } });
  for (const [name, ask] of Object.entries(questions(tenant, member?.id ?? '', now))) {
    const taken: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const start = performance.now();
      await ask();
      taken.push(performance.now() - start);
    }
    process.stdout.write(`${name.padEnd(30)} ${median(taken).toFixed(0).padStart(6)} ms\n`);
  }
  await world.close();
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
