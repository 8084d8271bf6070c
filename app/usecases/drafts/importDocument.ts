import { documentBytesMax, newerSchema, readDraft } from '~/core/program/draft';
import type { DocumentIssue } from '~/core/program/issues';
import { readDocument } from '~/core/program/migration';
import { withThings, type ThingChoices, type ThingsNamed } from '~/core/program/thingsNamed';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { readJson } from '~/core/values/untrusted';
import type { Deps } from '../deps';
import { keepGiven, type KeptTier } from './keepGiven';
import { takeDraft, withDraft, type DraftRefusal } from './openDraft';
import { strangeThings } from './strangeThings';

export type ImportRefusal =
  | DraftRefusal
  | { readonly kind: 'too_large' }
  | { readonly kind: 'not_json' }
  /** It was made by a newer Fidelio, whose schema has this number. */
  | { readonly kind: 'newer_schema'; readonly schemaVersion: number }
  | { readonly kind: 'not_a_document'; readonly issues: readonly DocumentIssue[] }
  /** It names things that no store of the program has: for each another is chosen, or it is left out. */
  | { readonly kind: 'unknown_things'; readonly things: ThingsNamed }
  /** Whether its things are there could not be asked. */
  | { readonly kind: 'shop_away' };

/**
 * The text of a file; what is chosen, round by round, for things that are not in the shop; and the revision of the
 * draft whose place it takes, null: there was none.
 */
export type DocumentFile = {
  readonly text: string;
  readonly choices: readonly ThingChoices[];
  readonly seen: number | null;
};

/**
 * The number of the draft (null: it says what is in force, so there is none), and the tiers that it keeps because staff
 * gave them.
 */
export type DocumentTaken = { readonly revision: number | null; readonly kept: readonly KeptTier[] };

/**
 * The text of a program file becomes the draft, on top of the version in force; nothing is published by it. As long as
 * it names something that no store of the program has, nothing is imported. Where something was left out a rule may be
 * empty: the draft says so at the field. Tiers that members have from staff stay, and are named.
 */
export const importDocument = async (
  deps: Pick<Deps, 'database' | 'platformOf'>,
  programId: ProgramId,
  { text, choices, seen }: DocumentFile,
  by: string,
  now: Instant,
): Promise<Result<DocumentTaken, ImportRefusal>> => {
  if (new TextEncoder().encode(text).byteLength > documentBytesMax) return refuse({ kind: 'too_large' });
  const given = readJson(text);
  if (!given.ok) return refuse({ kind: 'not_json' });
  const newer = newerSchema(given.value);
  if (newer !== null) return refuse({ kind: 'newer_schema', schemaVersion: newer });
  const read = readDocument(given.value);
  if (!read.ok) return refuse({ kind: 'not_a_document', issues: read.error });
  const made = readDraft(choices.reduce(withThings, read.value));
  if (!made.ok) return refuse({ kind: 'not_a_document', issues: made.error });
  const { document } = made.value;
  const strange = await strangeThings(deps, programId, document);
  if (!strange.ok) return refuse({ kind: 'shop_away' });
  if (Object.values(strange.value).some((ids) => ids.length > 0))
    return refuse({ kind: 'unknown_things', things: strange.value });
  return withDraft(deps, programId, async (open): Promise<Result<DocumentTaken, ImportRefusal>> => {
    const { kept, ...taken } = await keepGiven(open, programId, document, now);
    const next = { ...taken, basedOn: open.current.version, by };
    const draft = await takeDraft(open, programId, { next, seen }, now);
    return draft.ok ? ok({ revision: draft.value, kept }) : draft;
  });
};
