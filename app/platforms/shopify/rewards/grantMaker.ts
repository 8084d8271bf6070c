import type { CodeGrantKind, GrantOf } from '~/core/rewards/grants';
import type { Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import type { DiscountCode } from '../operations/readDiscountCode';
import type { MadeCode } from './madeCode';

/** What all codes have in common in Shopify's words: title, code, life, whose it is. */
export type CommonInput = Readonly<Record<string, unknown>>;

/** How Shopify makes one kind of grant, and how a code that exists already is known to be the same. */
export type GrantMaker<Kind extends CodeGrantKind> = {
  readonly create: (
    client: AdminClient,
    common: CommonInput,
    grant: GrantOf<Kind>,
  ) => Promise<Result<MadeCode, PlatformFailure>>;
  readonly isSame: (discount: DiscountCode, grant: GrantOf<Kind>) => boolean;
};
