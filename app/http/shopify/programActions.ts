import { json, type ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import type { DocumentIssue } from '~/core/program/issues';
import type { ThingsNamed } from '~/core/program/thingsNamed';
import { isPlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import { calendarDay, localMoment } from '~/core/values/zone';
import { discardDraft } from '~/usecases/drafts/discardDraft';
import { importDocument } from '~/usecases/drafts/importDocument';
import type { KeptTier } from '~/usecases/drafts/keepGiven';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { restoreVersion } from '~/usecases/drafts/restoreVersion';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { scheduleDraft } from '~/usecases/drafts/scheduleDraft';
import { unscheduleDraft } from '~/usecases/drafts/unscheduleDraft';
import { programPage } from '~/views/programPage';
import { readJsonBody, statusOfBody } from '../body';
import { requireMerchant, type Merchant } from './merchant';

// A number of a draft or a version, as the database holds it.
const number = z.int().min(1).max(2_147_483_647);
const seen = number.nullable();

const choice = z.record(z.string(), z.string().refine(isPlatformId).nullable());
const choices = z.object({ product: choice, collection: choice, variant: choice, store: choice }).partial();

/** What the pages of the program may ask for. */
const programWish = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), document: z.unknown(), basedOn: number, revision: seen }),
  z.object({ intent: z.literal('discard'), revision: number }),
  z.object({ intent: z.literal('publish'), revision: number }),
  z.object({
    intent: z.literal('schedule'),
    revision: number,
    day: z.iso.date(),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  z.object({ intent: z.literal('unschedule'), revision: number }),
  z.object({ intent: z.literal('restore'), what: z.object({ kind: z.enum(['version', 'draft']), number }), seen }),
  z.object({ intent: z.literal('import'), text: z.string(), choices: z.array(choices).max(20).default([]), seen }),
]);

export type ProgramWish = z.input<typeof programWish>;

type ReadWish = z.output<typeof programWish>;

type Refusals =
  | 'draft_changed'
  | 'scheduled'
  | 'not_a_document'
  | 'too_large'
  | 'apart'
  | 'too_soon'
  | 'too_late'
  | 'not_there'
  | 'not_json'
  | 'newer_schema'
  | 'unknown_things'
  | 'shop_away';

/** What became of a wish. */
export type ProgramAnswer = {
  readonly intent: ProgramWish['intent'] | null;
  readonly refusal: Refusals | null;
  readonly issues: readonly DocumentIssue[];
  /** Of a save: the draft's number now; null: it says what is in force, so there is none. */
  readonly revision: number | null;
  /** Of a publication: the number of the version. */
  readonly version: number | null;
  /** Of a file: the schema of the newer Fidelio that made it. */
  readonly schemaVersion: number | null;
  /** Of a file: what it names that is not in the shop. */
  readonly things: ThingsNamed | null;
  /** Of a file, and of what is brought back: the tiers that the draft keeps because staff gave them. */
  readonly kept: readonly KeptTier[];
};

const statusOf: Readonly<Partial<Record<Refusals, number>>> = {
  draft_changed: 409,
  scheduled: 409,
  apart: 409,
  too_large: 413,
};

/** The HTTP status that says the same. */
const statusOfAnswer = ({ refusal }: ProgramAnswer): number => (refusal === null ? 200 : (statusOf[refusal] ?? 422));

/** An answer that refuses, whatever was asked. */
const refusedAnswer = (intent: ProgramAnswer['intent'], refusal: Refusals): ProgramAnswer => ({
  intent,
  refusal,
  issues: [],
  revision: null,
  version: null,
  schemaVersion: null,
  things: null,
  kept: [],
});

type Done =
  | { readonly revision?: number | null; readonly version?: number; readonly kept?: readonly KeptTier[] }
  | { readonly at: Instant }
  | null;
type Refused = {
  readonly kind: Refusals;
  readonly issues?: readonly DocumentIssue[];
  readonly schemaVersion?: number;
  readonly things?: ThingsNamed;
};

/** Does what a page of the program asked for. */
const actOnProgram = async (merchant: Merchant, wish: ReadWish, now: Instant): Promise<ProgramAnswer> => {
  const done: Result<Done, Refused> = await carryOut(merchant, wish, now);
  const answer = refusedAnswer(wish.intent, 'not_there');
  if (!done.ok) {
    const { kind, issues = [], schemaVersion = null, things = null } = done.error;
    return { ...answer, refusal: kind, issues, schemaVersion, things };
  }
  return {
    ...answer,
    refusal: null,
    revision: done.value !== null && 'revision' in done.value ? (done.value.revision ?? null) : null,
    version: done.value !== null && 'version' in done.value ? (done.value.version ?? null) : null,
    kept: done.value !== null && 'kept' in done.value ? (done.value.kept ?? []) : [],
  };
};

const carryOut = async (
  { deps, store, staffId }: Merchant,
  wish: ReadWish,
  now: Instant,
): Promise<Result<Done, Refused>> => {
  const { programId } = store;
  const by = `staff:${staffId}`;
  switch (wish.intent) {
    case 'save':
      return saveDraft(deps, programId, { ...wish, document: wish.document }, by, now);
    case 'discard':
      return discardDraft(deps, programId, wish.revision, now);
    case 'publish':
      return publishDraft(deps, programId, wish.revision, by, now);
    case 'schedule': {
      const program = await programPage(deps.database, programId);
      const zone = program?.document.timeZone ?? store.timeZone;
      const at = localMoment(calendarDay(wish.day), wish.time, zone);
      return scheduleDraft(deps, programId, { revision: wish.revision, at }, by, now);
    }
    case 'unschedule':
      return unscheduleDraft(deps, programId, wish.revision);
    case 'restore':
      return restoreVersion(deps, programId, wish, by, now);
    case 'import':
      return importDocument(deps, programId, wish, by, now);
  }
};

/**
 * The action of every page of the program: each has it, because a page that is open can send although the connection
 * was away and no other page can be fetched.
 */
export const programAction = async ({ request }: ActionFunctionArgs) => {
  const merchant = await requireMerchant(request);
  const sent = await readJsonBody(request);
  if (!sent.ok && sent.error.kind === 'too_large')
    return json(refusedAnswer(null, 'too_large'), statusOfBody.too_large);
  const wish = programWish.safeParse(sent.ok ? sent.value : null);
  if (!wish.success) return json(refusedAnswer(null, 'not_a_document'), 400);
  const answer = await actOnProgram(merchant, wish.data, instant(Date.now()));
  return json(answer, statusOfAnswer(answer));
};
