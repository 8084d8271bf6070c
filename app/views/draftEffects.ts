import { readDocument } from '~/core/program/migration';
import type { ProgramDocument } from '~/core/program/document';
import type { ShopFacts } from '~/core/program/warnings';
import { withGivenLevels } from '~/core/tiers/givenLevels';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { LocalizedText } from '~/core/values/text';
import { isoDateOf, localDateOf } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { countIssuedCodes, countWithoutEnd, medianSpend } from '~/db/draftFigures';
import type { Store } from '~/db/stores';
import { countOverrides } from '~/db/tiers';
import { draftTiers, type Reading } from './draftTiers';
import { programEditor } from './programEditor';

/** A tier that stays because staff gave it, and to how many members. */
type StaysByStaff = { readonly name: LocalizedText; readonly members: number };

/** What publishing a draft does to members at once. */
export type DraftEffects = {
  /** The draft it was counted for. */
  readonly revision: number;
  /** How many change their tier; null: the tiers stay as they are. */
  readonly tiers: { readonly up: number; readonly down: number } | null;
  /** Codes that were issued and stay valid, where rewards change. */
  readonly codes: number;
  /** Members whose points get an end. */
  readonly ending: number;
  /** It takes something from members: that is agreed to with a tick. */
  readonly takes: boolean;
  /** Tiers were looked at for a part of the members only. */
  readonly isEstimate: boolean;
  /** Tiers that the draft does not have, and that stay because staff gave them. */
  readonly kept: readonly StaysByStaff[];
};

const yearMs = 365 * 86_400_000;

/** What warnings ask of the shop. */
export const shopFacts = async (
  { prisma }: Pick<Database, 'prisma'>,
  store: Store,
  now: Instant,
): Promise<ShopFacts> => ({
  currency: store.currency,
  today: isoDateOf(localDateOf(now, store.timeZone)),
  medianYearMinor: await medianSpend(prisma, store, instant(now - yearMs)),
});

/** Counts what publishing the draft would do now; null: there is none, or something is wrong with it. */
export const draftEffects = async (
  reading: Reading,
  programId: ProgramId,
  now: Instant,
): Promise<DraftEffects | null> => {
  const { prisma } = reading.database;
  const editor = await programEditor(reading.database, programId);
  const read = editor?.draft == null ? null : readDocument(editor.draft.document);
  if (editor?.draft == null || read === null || !read.ok) return null;
  const before = editor.published.document;
  const given = await countOverrides(prisma, programId, now);
  const { tiers, kept } = withGivenLevels(read.value.tiers, before.tiers, new Set(Object.keys(given)));
  const after = { ...read.value, tiers };
  const isSame = (part: (of: ProgramDocument) => unknown): boolean =>
    canonicalJson(part(before) ?? null) === canonicalJson(part(after) ?? null);
  const moved = isSame(({ tiers }) => tiers) ? null : await movedTiers(reading, programId, after, now);
  const ends = before.policies.expiry.kind === 'none' && after.policies.expiry.kind !== 'none';
  const ending = ends ? await countWithoutEnd(prisma, programId) : 0;
  return {
    revision: editor.draft.revision,
    tiers: moved === null ? null : { up: moved.up, down: moved.down },
    codes: isSame(({ rewards }) => rewards) ? 0 : await countIssuedCodes(prisma, programId),
    ending,
    takes: ending > 0 || (moved?.down ?? 0) > 0,
    isEstimate: moved?.isEstimate === true,
    kept: kept.map(({ id, name }) => ({ name, members: given[id] ?? 0 })),
  };
};

const movedTiers = async (reading: Reading, programId: ProgramId, draft: ProgramDocument, now: Instant) => {
  const places = new Map((draft.tiers?.levels ?? []).map(({ id }, place) => [id, place]));
  const placeOf = (tier: string | null): number => (tier === null ? -1 : (places.get(tier) ?? -1));
  let [up, down, isEstimate] = [0, 0, false];
  for await (const { was, is, of } of draftTiers(reading, programId, draft, now)) {
    isEstimate ||= of > 1;
    if (is === was) continue;
    // A tier that is not there any more was a tier all the same.
    if (placeOf(is) > placeOf(was) && (was === null || places.has(was))) up += of;
    else down += of;
  }
  return { up, down, isEstimate };
};
