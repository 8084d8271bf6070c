import { z } from 'zod';
import type { GivenGrantKind } from '~/core/rewards/grants';
import type { Result } from '~/core/values/result';
import type { GivingTerms, Platform, PlatformFailure } from '~/platforms/platform';

/** What the shop says of giving: what is missing, and up to which sum. */
export type GivingTermsPage = GivingTerms;

const query = z.object({ grant: z.enum(['gift_card', 'store_credit'] as const satisfies readonly GivenGrantKind[]) });

/** What an address asks for ("?grant=gift_card"); null: it makes no sense. */
export const givingAsked = (parameters: URLSearchParams): GivenGrantKind | null => {
  const read = query.safeParse(Object.fromEntries(parameters));
  return read.success ? read.data.grant : null;
};

/** Asks the shop on which conditions it gives. */
export const givingTerms = (
  platform: Pick<Platform, 'readGivingTerms'>,
  grant: GivenGrantKind,
): Promise<Result<GivingTermsPage, PlatformFailure>> => platform.readGivingTerms(grant);
