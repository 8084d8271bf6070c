import type { LoaderFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { problem } from '~/http/problem';
import { proxyJson, proxyMethod, receiveProxy } from '~/http/shopify/proxy';
import { services } from '~/process/services';
import { storefrontSummary } from '~/views/storefrontSummary';

export const action = proxyMethod('GET');

/** GET …/summary: what Liquid reads from metafields, for pages without them: the program, and the member if any. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const now = instant(Date.now());
  const asked = await receiveProxy(request, now);
  if (asked instanceof Response) return asked;
  const { deps } = await services();
  const summary = await storefrontSummary(deps, asked.store, asked.customerId, now);
  return summary.ok
    ? proxyJson(summary.value)
    : problem(503, 'shop_away', translate(asked.language, 'redeem.shop_away'));
};
