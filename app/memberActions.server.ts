import { z } from 'zod';
import { asId, type MemberId } from './core/values/ids';
import { instant } from './core/values/instant';
import { addDays, startOfDay } from './core/values/zone';
import { translate, type Language } from './i18n/catalog';
import type { Merchant } from './merchant.server';
import { adjustPoints, type AdjustRefusal } from './usecases/adjustPoints';
import { mergeMembers } from './usecases/mergeMembers';
import { overrideTier } from './usecases/overrideTier';

const reason = z.string().trim().min(1).max(200);
/** What staff asks for on a member's page. `wish` is made by the page: asking twice does it once. */
export const memberFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('adjust'),
    wish: z.uuid(),
    points: z
      .string()
      .regex(/^[+-]?\d{1,9}$/)
      .transform(Number),
    reason,
  }),
  z.object({ intent: z.literal('tier'), wish: z.uuid(), tierId: z.string().max(40), until: z.union([z.literal(''), z.iso.date()]), reason }),
  z.object({ intent: z.literal('merge'), wish: z.uuid(), into: z.uuid() }),
]);

/** Does what staff asked for; answers why not, in words. */
export const actOnMember = async (
  { deps, store, staffId, language }: Merchant,
  memberId: MemberId,
  form: z.infer<typeof memberFormSchema>,
): Promise<string | null> => {
  const now = instant(Date.now());
  const { programId } = store;
  switch (form.intent) {
    case 'adjust': {
      const adjustment = {
        clientId: form.wish,
        memberId,
        points: form.points,
        reason: form.reason,
        actor: { kind: 'staff' as const, id: staffId },
        by: `staff ${staffId}`,
      };
      const adjusted = await adjustPoints(deps, programId, adjustment, now);
      return adjusted.ok ? null : adjustText(language, adjusted.error);
    }
    case 'tier': {
      const until = form.until === '' ? null : endOf(form.until, store.timeZone);
      if (until !== null && until <= now) return translate(language, 'member.refused_until');
      const given = { id: form.wish, memberId, tierId: form.tierId === '' ? null : form.tierId, until, reason: form.reason, by: `staff:${staffId}` };
      const done = await overrideTier(deps, programId, given, now);
      return done.ok ? null : translate(language, `member.refused_${done.error.kind}`);
    }
    case 'merge': {
      const merged = await mergeMembers(deps, programId, asId<MemberId>(form.into), memberId, { kind: 'staff', id: staffId }, now);
      return merged.ok ? null : translate(language, `member.refused_${merged.error.kind}`);
    }
  }
};

const endOf = (isoDate: string, zone: string) => {
  const [year = 0, month = 0, day = 0] = isoDate.split('-').map(Number);
  return startOfDay(addDays({ year, month, day }, 1), zone);
};

const adjustText = (language: Language, refusal: AdjustRefusal): string =>
  refusal.kind === 'not_enough_points'
    ? translate(language, 'redeem.not_enough_points', { available: refusal.available, asked: refusal.asked })
    : translate(language, `member.refused_${refusal.kind}`);
