import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { asId, isUuid, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { returningText } from '~/i18n/storefrontWords';
import { problem } from '~/http/problem';
import { proxyJson, proxyMethod, readProxyBody, receiveProxy } from '~/http/shopify/proxy';
import { services } from '~/process/services';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { storefrontBalance } from '~/views/storefrontBalance';

const cancelSchema = z.object({
  id: z
    .string()
    .refine(isUuid)
    .transform((id) => asId<RedemptionId>(id.toLowerCase())),
});

export const loader = proxyMethod('POST');

/** POST …/cancel: the signed-in customer gives a code back. The points return once the shop counts no use of it. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  if (request.method !== 'POST') return proxyMethod('POST')();
  const now = instant(Date.now());
  const asked = await receiveProxy(request, now, 'write');
  if (asked instanceof Response) return asked;
  const { store, customerId, language } = asked;
  if (customerId === null) return problem(401, 'sign_in', translate(language, 'proxy.sign_in'));
  const body = cancelSchema.safeParse(await readProxyBody(request));
  if (!body.success) return problem(400, 'bad_request', 'The field id is missing or wrong.');
  const { deps, database } = await services();
  const cancelled = await cancelRedemption(deps, store, customerId, body.data.id, now);
  if (!cancelled.ok) {
    const status = cancelled.error.kind === 'unknown_redemption' ? 404 : 409;
    return problem(status, cancelled.error.kind, translate(language, `proxy.${cancelled.error.kind}`));
  }
  const { codes, ...balance } = await storefrontBalance(database, store, customerId, now);
  const returning = returningText(language, balance.returning, now);
  return proxyJson({ redemption: { id: cancelled.value.id, state: cancelled.value.state }, balance, codes, returning });
};
