import { z } from 'zod';
import { earningSchema, perkRuleId, segmentsSchema } from '../earning/section';
import { policiesSchema } from '../ledger/policies';
import { redeemingSchema } from '../redemptions/section';
import { rewardsSchema } from '../rewards/section';
import { tiersSchema } from '../tiers/section';
import { problem, type DocumentProblem } from '../values/fields';
import { localizedText } from '../values/text';
import { addDays, calendarDay, isTimeZone, isoDateOf } from '../values/zone';
import { lookSchema, termsSchema } from './look';
import { namedIds } from './namedIds';

/** The program document: all settings and rules of a program, versioned. Published versions never change. */

/** The version of the schema below. What is added with a default needs no new one. */
export const schemaVersion = 2;

export const programDocumentSchema = z
  .strictObject({
    schemaVersion: z.literal(schemaVersion),
    timeZone: z
      .string()
      .max(64)
      .refine(isTimeZone, { message: 'is not a time zone', params: problem({ kind: 'no_time_zone' }) }),
    names: z.strictObject({ program: localizedText, point: localizedText, points: localizedText }),
    segments: segmentsSchema,
    earning: earningSchema,
    tiers: tiersSchema.nullable().default(null),
    rewards: rewardsSchema,
    redeeming: redeemingSchema,
    policies: policiesSchema,
    look: lookSchema,
    terms: termsSchema,
  })
  .superRefine((document, context) => {
    for (const { path, kind, ids } of namedIds(document)) {
      const known = kind === 'tier' ? document.tiers?.levels : document.segments;
      const unknown = ids.find((id) => known?.some((one) => one.id === id) !== true);
      if (unknown === undefined) continue;
      const params = problem({ kind: 'unknown_id', id: unknown });
      context.addIssue({
        code: 'custom',
        path: [...path],
        params,
        message: `the document has no ${kind} "${unknown}"`,
      });
    }
    // The perk of a tier is a bonus rule, too.
    const perkRules = new Set((document.tiers?.levels ?? []).map(({ id }) => perkRuleId(id)));
    document.earning.bonuses.forEach(({ id }, index) => {
      if (!perkRules.has(id)) return;
      const params = problem({ kind: 'used_twice' });
      const message = 'the perk of a tier has this id';
      context.addIssue({ code: 'custom', path: ['earning', 'bonuses', index, 'id'], params, message });
    });
    const short = lifeTooShort(document);
    if (short !== null)
      context.addIssue({
        code: 'custom',
        path: ['policies', 'expiry', 'day'],
        params: problem(short),
        message: `points of ${short.last} could be spent for fewer than ${short.days} days`,
      });
  });

export type ProgramDocument = z.infer<typeof programDocumentSchema>;

type Lives = Pick<ProgramDocument, 'earning' | 'policies'>;

/** When all points end on one day, those of the last day of earning must live as long as the program promises. */
const lifeTooShort = ({ earning, policies }: Lives): Extract<DocumentProblem, { kind: 'life_too_short' }> | null => {
  const { expiry, minimumLifeDays: days } = policies;
  const last = earning.window?.to;
  if (expiry.kind !== 'on_date' || last == null) return null;
  const earliest = isoDateOf(addDays(calendarDay(last), earning.holdDays + days));
  // A day that is still to be chosen is another matter.
  return expiry.day !== '' && expiry.day < earliest ? { kind: 'life_too_short', last, days, earliest } : null;
};
