import { z } from 'zod';
import { earningSchema, segmentsSchema } from '../earning/section';
import { policiesSchema } from '../ledger/policies';
import { rewardsSchema } from '../rewards/section';
import { tiersSchema } from '../tiers/section';
import { problem } from '../values/fields';
import { localizedText } from '../values/text';
import { isTimeZone } from '../values/zone';

/** The program document: all settings and rules of a program, versioned. Published versions never change. */

export const programDocumentSchema = z
  .strictObject({
    schemaVersion: z.literal(2),
    timeZone: z
      .string()
      .max(64)
      .refine(isTimeZone, { message: 'is not a time zone', params: problem({ kind: 'no_time_zone' }) }),
    names: z.strictObject({ program: localizedText, point: localizedText, points: localizedText }),
    segments: segmentsSchema,
    earning: earningSchema,
    tiers: tiersSchema.nullable().default(null),
    rewards: rewardsSchema,
    policies: policiesSchema,
  })
  .superRefine((document, context) => {
    const tiers = new Set(document.tiers?.levels.map(({ id }) => id));
    const segments = new Set(document.segments.map(({ id }) => id));
    document.earning.bonuses.forEach(({ conditions }, bonus) =>
      conditions.forEach((condition, index) => {
        const [field, asked, known] =
          condition.kind === 'tier'
            ? (['tierIds', condition.tierIds, tiers] as const)
            : condition.kind === 'segment'
              ? (['segmentIds', condition.segmentIds, segments] as const)
              : ([null, [], tiers] as const);
        const unknown = asked.find((id) => !known.has(id));
        if (unknown === undefined || field === null) return;
        const path = ['earning', 'bonuses', bonus, 'conditions', index, field];
        const params = problem({ kind: 'unknown_id', id: unknown });
        context.addIssue({
          code: 'custom',
          path,
          params,
          message: `the document has no ${condition.kind} "${unknown}"`,
        });
      }),
    );
  });

export type ProgramDocument = z.infer<typeof programDocumentSchema>;
