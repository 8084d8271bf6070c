import type { LoaderFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { problem } from '~/http/problem';
import { proxyJson, proxyMethod, receiveProxy } from '~/http/shopify/proxy';
import { services } from '~/process/services';
import { storefrontBalance } from '~/views/storefrontBalance';

export const action = proxyMethod('GET');

/** GET …/balance: what the signed-in customer has now. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const now = instant(Date.now());
  const asked = await receiveProxy(request, now);
  if (asked instanceof Response) return asked;
  if (asked.customerId === null) return problem(401, 'sign_in', translate(asked.language, 'proxy.sign_in'));
  const { codes, ...balance } = await storefrontBalance(
    (await services()).database,
    asked.store,
    asked.customerId,
    now,
  );
  return proxyJson({ balance, codes });
};
