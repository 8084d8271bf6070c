import type { PlatformModule } from '~/platforms/module';
import { createAdminClient } from './adminClient';
import { readAgain, receive, turnAway } from './receive';
import { grantsMade } from './rewards/issueReward';
import { createShopifyPlatform } from './shopifyPlatform';

/** Shopify, behind the contract of all platforms. */
export const shopify: PlatformModule = {
  open: ({ domain }, { fetch, token, hashEmail }) =>
    createShopifyPlatform(createAdminClient({ domain, fetch, accessToken: token }), hashEmail),
  turnAway,
  receive,
  readAgain,
  can: { grants: grantsMade, verifiedEmail: 'platform', combinesByClass: true },
};
