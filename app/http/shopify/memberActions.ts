import { z } from 'zod';
import { asId, type MemberId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { addDays, calendarDay, startOfDay } from '~/core/values/zone';
import { translate, type Language } from '~/i18n/catalog';
import { formatMoney, formatPoints, type PointNames } from '~/i18n/format';
import { readWhole } from '~/i18n/readNumber';
import type { Merchant } from './merchant';
import { adjustPoints, type AdjustRefusal } from '~/usecases/adjustPoints';
import { cancelForMember } from '~/usecases/cancelRedemption';
import { mergeMembers } from '~/usecases/mergeMembers';
import { overrideTier } from '~/usecases/overrideTier';
import { askForMember } from '~/usecases/privacy/askForMember';
import { programPage } from '~/views/programPage';

const reason = z.string().trim().min(1).max(200);
/** What staff asks for on a member's page. `wish` is made by the page: asking twice does it once. */
export const memberFormSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('adjust'),
    wish: z.uuid(),
    points: z.string().max(40),
    reason,
    note: z.string().trim().max(200).default(''),
    /** Staff has seen what a large correction is worth. */
    confirmed: z.literal('on').optional(),
  }),
  z.object({
    intent: z.literal('tier'),
    wish: z.uuid(),
    tierId: z.string().max(40),
    until: z.union([z.literal(''), z.iso.date()]),
    reason,
  }),
  z.object({ intent: z.literal('merge'), wish: z.uuid(), into: z.uuid() }),
  z.object({ intent: z.literal('cancel'), wish: z.uuid(), redemption: z.uuid() }),
  z.object({ intent: z.enum(['data', 'erase']), wish: z.uuid() }),
]);

/** What became of it, in words: `ask` is a question that staff has to answer first. Both null: it is done. */
export type ActionOutcome = { readonly refusal: string | null; readonly ask: string | null };

const done: ActionOutcome = { refusal: null, ask: null };
const refused = (refusal: string): ActionOutcome => ({ refusal, ask: null });

type Form = z.infer<typeof memberFormSchema>;

/** Does what staff asked for; answers why not, in words. */
export const actOnMember = async (merchant: Merchant, memberId: MemberId, form: Form): Promise<ActionOutcome> => {
  const { deps, store, staffId, language } = merchant;
  const now = instant(Date.now());
  const { programId } = store;
  switch (form.intent) {
    case 'adjust':
      return adjust(merchant, memberId, form);
    case 'tier': {
      const until = form.until === '' ? null : endOf(form.until, store.timeZone);
      if (until !== null && until <= now) return refused(translate(language, 'member.refused_until'));
      const given = {
        id: form.wish,
        memberId,
        tierId: form.tierId === '' ? null : form.tierId,
        until,
        reason: form.reason,
        by: `staff:${staffId}`,
      };
      const tier = await overrideTier(deps, programId, given, now);
      return tier.ok ? done : refused(translate(language, `member.refused_${tier.error.kind}`));
    }
    case 'cancel': {
      const id = asId<RedemptionId>(form.redemption.toLowerCase());
      const cancelled = await cancelForMember(deps, store, memberId, id, now);
      return cancelled.ok ? done : refused(translate(language, `member.refused_${cancelled.error.kind}`));
    }
    case 'data':
    case 'erase': {
      const ask = form.intent === 'data' ? 'data_request' : 'customer_redact';
      const asked = await askForMember(deps, store, { memberId, ask, wish: form.wish }, now);
      return asked.ok ? done : refused(translate(language, `member.refused_${asked.error.kind}`));
    }
    case 'merge': {
      const merged = await mergeMembers(
        deps,
        programId,
        { from: asId<MemberId>(form.into), to: memberId },
        { kind: 'staff', id: staffId },
        now,
      );
      return merged.ok ? done : refused(translate(language, `member.refused_${merged.error.kind}`));
    }
  }
};

const adjust = async (
  merchant: Merchant,
  memberId: MemberId,
  form: Extract<Form, { intent: 'adjust' }>,
): Promise<ActionOutcome> => {
  const { deps, database, store, staffId, language } = merchant;
  const points = readWhole(language, form.points);
  if (!points.ok) return refused(translate(language, `read.${points.error}`, { text: form.points, count: 0 }));
  const program = await programPage(database, store.programId);
  if (program === null) return refused(translate(language, 'member.refused_no_program'));
  const { document } = program;
  const adjustment = {
    clientId: form.wish,
    memberId,
    points: points.value,
    reason: form.reason,
    note: form.note,
    actor: { kind: 'staff' as const, id: staffId },
    by: `staff ${staffId}`,
    ...(form.confirmed === undefined ? { unseenIn: store.currency } : {}),
  };
  const adjusted = await adjustPoints(deps, store.programId, adjustment, instant(Date.now()));
  if (adjusted.ok) return done;
  if (adjusted.error.kind !== 'worth_unseen') return refused(adjustText(language, adjusted.error, document.names));
  const { worth } = adjusted.error;
  const values = {
    count: Math.abs(points.value),
    points: formatPoints(language, points.value, document.names),
    worth: formatMoney(language, worth, store.currency),
  };
  return {
    refusal: null,
    ask: translate(language, worth === 0 ? 'member.adjust_large' : 'member.adjust_worth', values),
  };
};

const endOf = (isoDate: string, zone: string) => startOfDay(addDays(calendarDay(isoDate), 1), zone);

type Refusal = Exclude<AdjustRefusal, { readonly kind: 'worth_unseen' }>;

const adjustText = (language: Language, refusal: Refusal, names: PointNames): string => {
  if (refusal.kind !== 'not_enough_points') return translate(language, `member.refused_${refusal.kind}`);
  const [available, asked] = [
    formatPoints(language, refusal.available, names),
    formatPoints(language, refusal.asked, names),
  ];
  return translate(language, 'member.refused_not_enough', { available, asked });
};
