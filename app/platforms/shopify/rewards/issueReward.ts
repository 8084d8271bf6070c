import { platformGrants } from '~/core/rewards/grants';
import { refuse, type Result } from '~/core/values/result';
import type { IssuedReward, IssueRequest, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { isShopifyId } from '../gid';
import { issueGiftCard } from './giftCard';
import { issueCode } from './issueCode';

/** What Shopify can make of a redemption: all that any platform can. */
export const grantsMade = platformGrants;

/** Makes what a redemption turns into, for one of the shop's customers. */
export const issueReward = async (
  client: AdminClient,
  request: IssueRequest,
): Promise<Result<IssuedReward, PlatformFailure>> => {
  const { holder, grant } = request;
  if (holder.kind !== 'customer' || !isShopifyId(holder.customerId))
    return refuse({ kind: 'refused', reasons: ['Shopify makes codes for its own customers only.'] });
  return grant.kind === 'gift_card'
    ? issueGiftCard(client, request, grant, holder.customerId)
    : issueCode(client, { ...request, grant }, holder.customerId);
};
