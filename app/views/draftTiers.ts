import type { ProgramDocument } from '~/core/program/document';
import type { Grounds } from '~/core/settlement/grounds';
import { tierNow } from '~/core/settlement/tierNow';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import { countMembers, tiersOfMembers } from '~/db/draftFigures';
import type { ProgramReader } from '~/db/programs';
import { historiesOf } from '~/db/tiers';

export type Reading = { readonly database: Pick<Database, 'prisma'>; readonly programs: ProgramReader };

/** A member's tier, and the one that a draft would give; it stands for so many members. */
export type DraftTier = { readonly was: string | null; readonly is: string | null; readonly of: number };

const membersMax = 5_000;
const atOnce = 500;

/**
 * Each member's tier as if the draft were published now. Of very many members a part stands for all: `of` of them each.
 */
export async function* draftTiers(
  { database: { prisma }, programs }: Reading,
  programId: ProgramId,
  draft: ProgramDocument,
  now: Instant,
): AsyncIterable<DraftTier> {
  const grounds = await groundsWith(programs, programId, draft, now);
  const of = Math.ceil((await countMembers(prisma, programId)) / membersMax) || 1;
  const members = await tiersOfMembers(prisma, programId, of);
  for (let from = 0; from < members.length; from += atOnce) {
    const page = members.slice(from, from + atOnce);
    const tierOf = new Map(page.map(({ memberId, tier }) => [memberId, tier]));
    // A version that no checkpoint has: all facts are read.
    const asked = page.map(({ memberId }) => ({ programId, memberId, since: now, version: 0 }));
    for (const history of await historiesOf(prisma, asked))
      yield { was: tierOf.get(history.memberId) ?? null, is: tierNow(history, grounds, now), of };
  }
}

const groundsWith = async (
  programs: ProgramReader,
  programId: ProgramId,
  draft: ProgramDocument,
  now: Instant,
): Promise<Grounds> => {
  const settings = await programs.settingsOf([programId]);
  const [first] = settings.values();
  const versions = await programs.versionsOf(programId, first?.versions ?? []);
  const next = { version: (versions.at(-1)?.version ?? 0) + 1, publishedAt: now, document: draft };
  return { settings, versions: new Map([[programId, [...versions, next]]]), products: new Map(), labels: new Map() };
};
