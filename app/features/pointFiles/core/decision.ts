import { z } from 'zod';
import type { Agreement } from './reading';

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

/** What a merchant decides about a file of points, as the form of the page says it. */
export const importDecisionSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('agree'),
    id: z.uuid(),
    leaveOut: ticked,
    withGuests: ticked,
    withDebts: ticked,
    mode: z.enum(['add', 'reset']).default('add'),
  }) satisfies z.ZodType<Agreement>,
  z.object({ intent: z.literal('discard'), id: z.uuid() }),
  z.object({ intent: z.literal('undo'), id: z.uuid() }),
]);
