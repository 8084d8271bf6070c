import type { ProgramDocument } from '~/core/program/document';
import { withGivenLevels } from '~/core/tiers/givenLevels';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { LocalizedText } from '~/core/values/text';
import { countOverrides } from '~/db/tiers';
import type { OpenDraft } from './openDraft';

/** A tier that stays because staff gave it, and to how many members. */
export type KeptTier = { readonly name: LocalizedText; readonly members: number };

/** A document that comes from elsewhere, with the tiers that members have from staff; which those are is said. */
export const keepGiven = async (
  { tx, current }: Pick<OpenDraft, 'tx' | 'current'>,
  programId: ProgramId,
  document: ProgramDocument,
  now: Instant,
): Promise<{ readonly document: ProgramDocument; readonly kept: readonly KeptTier[] }> => {
  const members = await countOverrides(tx, programId, now);
  const given = new Set(Object.keys(members));
  const { tiers, kept } = withGivenLevels(document.tiers, current.document.tiers, given);
  return {
    document: kept.length === 0 ? document : { ...document, tiers },
    kept: kept.map(({ id, name }) => ({ name, members: members[id] ?? 0 })),
  };
};
