import { refuse, type Result } from '~/core/values/result';
import type { CreditRequest, IssuedReward, LimitReached, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { isShopifyId } from '../gid';
import { creditAccount } from '../operations/creditAccount';

/** Puts store credit into the account of one of the shop's customers. */
export const giveStoreCredit = async (
  client: AdminClient,
  request: CreditRequest,
): Promise<Result<IssuedReward, PlatformFailure | LimitReached>> =>
  isShopifyId(request.customerId)
    ? creditAccount(client, request)
    : refuse({ kind: 'refused', reasons: ['Shopify has accounts for its own customers only.'] });
