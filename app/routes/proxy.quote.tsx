import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { exampleQuantityMax } from '~/core/program/example';
import { asId, isPlatformId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { problem } from '~/http/problem';
import { proxyJson, proxyMethod, readProxyBody, receiveProxy } from '~/http/shopify/proxy';
import { services } from '~/process/services';
import { storefrontQuote } from '~/views/storefrontQuote';

const cartSchema = z.object({
  lines: z
    .array(
      z.object({
        variant: z
          .string()
          .refine(isPlatformId, 'is not an id')
          .transform(asId<PlatformId>),
        quantity: z.int().min(1).max(exampleQuantityMax),
      }),
    )
    .min(1)
    .max(50),
});

export const loader = proxyMethod('POST');

/** POST …/quote: what a cart earns if it is bought now, for the signed-in customer or a guest. It writes nothing. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  if (request.method !== 'POST') return proxyMethod('POST')();
  const now = instant(Date.now());
  const asked = await receiveProxy(request, now);
  if (asked instanceof Response) return asked;
  const { store, customerId, language } = asked;
  const cart = cartSchema.safeParse(await readProxyBody(request));
  if (!cart.success) {
    const field = cart.error.issues[0]?.path.join('.') || 'lines';
    return problem(400, 'bad_request', `The field ${field} is missing or wrong.`);
  }
  const lines = cart.data.lines.map(({ variant, quantity }) => ({ variantId: variant, quantity }));
  const { deps } = await services();
  const quote = await storefrontQuote(deps, store, { customerId, lines }, now);
  return quote.ok ? proxyJson(quote.value) : problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
};
