import { z } from 'zod';
import { exampleQuantityMax } from '~/core/program/example';
import { asId, isPlatformId, type PlatformId } from '~/core/values/ids';
import { translate } from '~/i18n/catalog';
import { services } from '~/process/services';
import { storefrontQuote } from '~/views/storefrontQuote';
import { problem } from '../problem';
import { badBody, shopperJson, type ShopperAnswer } from './shopper';

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

/** What a cart earns if it is bought now, for the signed-in customer or a guest. It writes nothing. */
export const answerQuote: ShopperAnswer = async ({ store, customerId, language }, { body }, now) => {
  const cart = cartSchema.safeParse(body);
  if (!cart.success) return badBody(language, cart.error.issues[0]?.path.join('.') ?? '');
  const lines = cart.data.lines.map(({ variant, quantity }) => ({ variantId: variant, quantity }));
  const { deps } = await services();
  const quote = await storefrontQuote(deps, store, { customerId, lines }, now);
  return quote.ok ? shopperJson(quote.value) : problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
};
