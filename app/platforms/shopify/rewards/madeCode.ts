import { z } from 'zod';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors } from '../adminClient';

/** What every mutation answers that makes a code. */
export const codeMade = z.object({ codeDiscountNode: z.object({ id: z.string() }).nullish(), userErrors }).nullable();

/** A code was made, or one of that text exists already. */
export type MadeCode = { readonly kind: 'made'; readonly reference: string } | { readonly kind: 'taken' };

export const madeOf = (answer: z.infer<typeof codeMade>): Result<MadeCode, PlatformFailure> => {
  const { codeDiscountNode: node, userErrors: errors } = answer ?? { codeDiscountNode: null, userErrors: [] };
  if (node != null) return ok({ kind: 'made', reference: node.id });
  if (errors.some(({ code }) => code === 'TAKEN')) return ok({ kind: 'taken' });
  return refuse(
    errors.length > 0 ? refusedBy(errors) : { kind: 'unavailable', reason: 'no code was made and no reason given' },
  );
};
