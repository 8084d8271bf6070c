import type { LoaderFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { refusalText } from '~/i18n/storefrontWords';
import { problem } from '~/http/problem';
import { proxyJson, proxyMethod, receiveProxy } from '~/http/shopify/proxy';
import { services } from '~/process/services';
import { storefrontRewards } from '~/views/storefrontRewards';

export const action = proxyMethod('GET');

/**
 * GET …/rewards: the rewards on offer, each with why the signed-in customer cannot take it now (null: only the cart may
 * be in the way), in the language of the page.
 */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const now = instant(Date.now());
  const asked = await receiveProxy(request, now);
  if (asked instanceof Response) return asked;
  const { store, customerId, language } = asked;
  const { deps } = await services();
  const rewards = await storefrontRewards(deps, store, customerId, now);
  if (!rewards.ok) return problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
  return proxyJson({
    rewards: rewards.value.map(({ reward, minPoints, refusal }) => ({
      id: reward.id,
      kind: reward.kind,
      name: reward.name[language],
      points: minPoints,
      refused: refusal === null ? null : { kind: refusal.kind, reason: refusalText(language, refusal) },
    })),
  });
};
