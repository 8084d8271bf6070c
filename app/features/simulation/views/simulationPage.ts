import { readDocument } from '~/core/program/migration';
import { periodUpTo, type Results } from '~/core/simulation/results';
import { leastPoints, rewardsOffered } from '~/core/rewards/section';
import { shareOf, type Share } from '~/core/simulation/takers';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { csvLine } from '~/core/values/cells';
import { decimalOf } from '~/core/values/money';
import type { LocalizedText } from '~/core/values/text';
import type { Database } from '~/db/database';
import { draftOf } from '~/db/drafts';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { Platform } from '~/platforms/platform';
import { customersOfMembers } from '../db/playedMembers';
import { takersSince } from '../db/takers';
import { findSimulation, isOver, latestSimulation, type SimulationState } from '../db/simulations';

/** The newest simulation of a program as its page shows it. */
export type ShownSimulation = {
  readonly id: string;
  readonly state: SimulationState;
  readonly isOver: boolean;
  /** In basis points. */
  readonly chance: number;
  readonly ordersFound: number;
  readonly ordersPlayed: number;
  /** It is to go on, and nothing was heard of it for a while: who does it was interrupted, or is slow. */
  readonly isStill: boolean;
  readonly failure: 'shop_away' | null;
  readonly askedAt: Instant;
  readonly version: number;
  /** Whether it plays the draft as it is now. */
  readonly isOfDraft: boolean;
  readonly results: Results | null;
};

export type SimulationPage = {
  readonly hasDraft: boolean;
  readonly simulation: ShownSimulation | null;
  /** How often rewards were taken so far. */
  readonly share: Share;
  /** The tiers of both programs, lowest first, by their names in the draft. */
  readonly tiers: readonly { readonly id: string; readonly name: LocalizedText }[];
  /** What the shop calls those who win or lose most; who is not named is nobody's customer, or the shop is away. */
  readonly names: Readonly<Record<string, string>>;
};

/** What the page of the simulation shows. Names are read live from the shop. */
export const simulationPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'readCustomers'>,
  store: Pick<Store, 'programId' | 'storeId' | 'currency'>,
  now: Instant,
): Promise<SimulationPage> => {
  const { programId } = store;
  const [draft, program, latest] = await Promise.all([
    draftOf(prisma, programId),
    currentProgram(prisma, programId),
    latestSimulation(prisma, programId),
  ]);
  const document = draft === null ? null : readDocument(draft.document);
  const isOfDraft =
    latest !== null &&
    document?.ok === true &&
    program?.version === latest.version &&
    canonicalJson(document.value) === canonicalJson(latest.document);
  const levels = [...(program?.document.tiers?.levels ?? []), ...(latest?.document.tiers?.levels ?? [])];
  return {
    hasDraft: draft !== null,
    // While one is played, the page is read again and again.
    share: latest !== null && !isOver(latest) ? shareOf(nobody) : await shareIn(prisma, store, program, now),
    simulation:
      latest === null
        ? null
        : {
            ...{ id: latest.id, state: latest.state, isOver: isOver(latest), chance: latest.chance, isOfDraft },
            ...{ ordersFound: latest.ordersFound, ordersPlayed: latest.ordersPlayed, failure: latest.failure },
            ...{ askedAt: latest.askedAt, version: latest.version, results: latest.results },
            isStill: !isOver(latest) && (latest.movedAt ?? latest.askedAt) < now - stillMs,
          },
    tiers: [...new Map(levels.map(({ id, name }) => [id, { id, name }])).values()],
    names: await namesOf(prisma, platform, store, latest?.results ?? null),
  };
};

// Longer than a page of orders takes; an interrupted one is taken up within two minutes.
const stillMs = 60_000;

const nobody = { could: 0, did: 0 };

const shareIn = async (
  prisma: Database['prisma'],
  { programId, currency }: Pick<Store, 'programId' | 'currency'>,
  program: Awaited<ReturnType<typeof currentProgram>>,
  now: Instant,
): Promise<Share> => {
  const least = program === null ? null : leastPoints(rewardsOffered(program.document.rewards, currency));
  if (program === null || least === null) return shareOf(nobody);
  return shareOf(await takersSince(prisma, programId, least, periodUpTo(now, program.document.timeZone).from));
};

const namesOf = async (
  prisma: Database['prisma'],
  platform: Pick<Platform, 'readCustomers'>,
  store: Pick<Store, 'programId' | 'storeId'>,
  results: Results | null,
): Promise<SimulationPage['names']> => {
  const ids = [...(results?.winners ?? []), ...(results?.losers ?? [])].map(({ memberId }) => memberId);
  if (ids.length === 0) return {};
  const customers = await customersOfMembers(prisma, store, ids);
  const cards = await platform.readCustomers([...customers.values()]);
  if (!cards.ok) return {};
  const known = new Map(cards.value.map(({ customerId, displayName }) => [customerId, displayName]));
  return Object.fromEntries(
    [...customers].flatMap(([memberId, customerId]) => {
      const name = known.get(customerId);
      return name === undefined ? [] : [[memberId, name]];
    }),
  );
};

/** The results as a file: months, then whom the change concerns most. null: there are none. */
export const simulationFile = async (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
  id: string,
): Promise<readonly string[] | null> => {
  const results = (await findSimulation(prisma, programId, id))?.results ?? null;
  if (results === null) return null;
  const money = (minor: number): string => decimalOf(minor, results.currency);
  const side = (name: 'published' | 'draft'): readonly string[] =>
    results[name].map((month, index) =>
      csvLine([
        ...[results.months[index] ?? '', name, money(results.revenueMinor[index] ?? 0)],
        ...[month.issued, month.takenBack, month.redeemed, month.lapsed, month.open].map(String),
        ...[money(month.openMinor), String(month.rewards), money(month.costMinor)],
      ]),
    );
  const change = ({
    memberId,
    beforeMinor,
    afterMinor,
  }: {
    memberId: MemberId;
    beforeMinor: number;
    afterMinor: number;
  }) => csvLine([memberId, money(beforeMinor), money(afterMinor), money(afterMinor - beforeMinor)]);
  return [
    csvLine([
      'month',
      'program',
      'revenue',
      'issued',
      'taken back',
      'redeemed',
      'lapsed',
      'open',
      'worth',
      'rewards',
      'cost',
    ]),
    ...side('published'),
    ...side('draft'),
    csvLine(['']),
    csvLine(['member', 'published', 'draft', 'difference']),
    ...[...results.winners, ...results.losers].map(change),
  ];
};
