import { bonusPlan } from '~/core/ledger/bonus';
import { entryKey, fingerprintInput } from '~/core/ledger/entry';
import { renewedSince } from '~/core/ledger/memberBook';
import type { Entry } from '~/core/ledger/types';
import type { LedgerWhy } from '~/core/ledger/why';
import type { ProgramVersion } from '~/core/program/versions';
import type { LockedMember } from '~/core/settlement/records';
import type { EntryId, MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { points as asPoints, zeroPoints } from '~/core/values/points';
import { ok, refuse, type Result } from '~/core/values/result';
import { entryByKey } from '~/db/entries';
import { inTransaction } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { sha256 } from '~/process/secrets';
import type { Deps } from './deps';
import { changeMembers, type OpenedMembers } from './writeMembers';

/** Points that a wing gives a member. */
export type Bonus = {
  /** The wing's name, and what it gives the points for in its own words: together they are given once. */
  readonly wing: string;
  readonly key: string;
  readonly memberId: MemberId;
  /** At least 1. */
  readonly points: number;
  /** Why, as a text of the wing (`{wing}.{say}`) and what stands in it. Nothing personal: entries are never changed. */
  readonly why: { readonly say: string; readonly values: Readonly<Record<string, string | number>> };
  /** When it was earned, which may be earlier than now. */
  readonly occurredAt: Instant;
};

export type BonusRefusal =
  | { readonly kind: 'no_program' }
  | { readonly kind: 'unknown_member' }
  | { readonly kind: 'not_points' }
  /** The key was used for another bonus: both are named. */
  | { readonly kind: 'key_used_otherwise'; readonly key: string; readonly fingerprints: readonly [string, string] };

const pointsMax = 1_000_000_000;

type Answer = Result<{ readonly entryId: EntryId }, BonusRefusal>;

/**
 * The verb by which a wing gives points: a credit like an earned one, which lapses by the program's policy and renews
 * what lapses by inactivity. Asked again with the same key it answers the entry that is there.
 */
export const awardBonus = async (deps: Deps, programId: ProgramId, bonus: Bonus, now: Instant): Promise<Answer> => {
  const { points } = bonus;
  if (!Number.isSafeInteger(points) || points < 1 || points > pointsMax) return refuse({ kind: 'not_points' });
  const versions = await versionsOf(deps, programId);
  return inTransaction(
    deps.database,
    async (tx): Promise<Answer> => {
      const member = await lockMember(tx, programId, bonus.memberId);
      if (member === null) return refuse({ kind: 'unknown_member' });
      const entry = entryOf(bonus, member, deps.newId<EntryId>(), now);
      const fingerprint = sha256(fingerprintInput(entry));
      const before = await entryByKey(tx, programId, entry.key);
      if (before !== null) {
        if (before.fingerprint === fingerprint) return ok({ entryId: before.id });
        return refuse({
          kind: 'key_used_otherwise',
          key: entry.key,
          fingerprints: [before.fingerprint, fingerprint],
        });
      }
      const newest = versions.at(-1);
      const by = versions.findLast(({ publishedAt }) => publishedAt <= bonus.occurredAt) ?? versions[0];
      if (newest === undefined || by === undefined) return refuse({ kind: 'no_program' });
      const plan = bonusPlan(entry, by, versions);
      const decide = ({ book }: OpenedMembers): void =>
        book.post(member.memberId, renewedSince(plan, member.memberId, book));
      await changeMembers(deps, tx, { members: [member], renewedBy: newest.document, decide }, now);
      return ok({ entryId: entry.id });
    },
    ['23505'],
  );
};

const entryOf = (bonus: Bonus, { memberId }: LockedMember, id: EntryId, now: Instant): Entry => {
  const why: LedgerWhy = { v: 1, kind: 'wing', wing: bonus.wing, ...bonus.why };
  return {
    id,
    memberId,
    kind: 'bonus',
    points: asPoints(bonus.points),
    forgiven: zeroPoints,
    key: entryKey.wing(bonus.wing, bonus.key),
    concerns: {},
    why,
    actor: { kind: 'system' },
    occurredAt: bonus.occurredAt,
    recordedAt: now,
  };
};

const versionsOf = async ({ programs }: Deps, programId: ProgramId): Promise<readonly ProgramVersion[]> => {
  const [settings] = (await programs.settingsOf([programId])).values();
  return settings === undefined ? [] : programs.versionsOf(programId, settings.versions);
};
