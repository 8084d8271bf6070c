import type { Result } from '~/core/values/result';
import type { Platform, PlatformFailure, StorefrontPart } from '~/platforms/platform';

export type { StorefrontPart };

/** The parts of the storefront: whether the shop shows each, and where it is placed. */
export const shopParts = (
  platform: Pick<Platform, 'readParts'>,
): Promise<Result<readonly StorefrontPart[], PlatformFailure>> => platform.readParts();
