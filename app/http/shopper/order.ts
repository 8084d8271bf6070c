import { z } from 'zod';
import { asId, isPlatformId, type PlatformId } from '~/core/values/ids';
import { translate, type Language } from '~/i18n/catalog';
import { formatCalendarDay, formatPoints } from '~/i18n/format';
import { services } from '~/process/services';
import { storefrontOrder, type OrderPoints } from '~/views/storefrontOrder';
import { badBody, shopperJson, signInFirst, type ShopperAnswer } from './shopper';

// Extensions know an order by a global id of Shopify's: `gid://shopify/Order/…`, before it is made `OrderIdentity`.
const orderSchema = z
  .string()
  .transform((id) => id.replace(/^gid:\/\/shopify\/\w+\//, ''))
  .refine(isPlatformId)
  .transform(asId<PlatformId>);

const unknown = { points: null, state: 'unknown', availableOn: null, text: null };

/** What an order of the signed-in customer brought; `unknown` until it is known, and for orders of anybody else. */
export const answerOrder: ShopperAnswer = async ({ store, customerId, language }, { parameters }, now) => {
  if (customerId === null) return signInFirst(language);
  const order = orderSchema.safeParse(parameters.get('order'));
  if (!order.success) return badBody(language, 'order');
  const { database } = await services();
  const brought = await storefrontOrder(database, store, { customerId, orderId: order.data }, now);
  if (brought === null) return shopperJson(unknown);
  const { points, availableOn } = brought;
  const state = availableOn === null ? 'available' : 'pending';
  return shopperJson({ points, state, availableOn, text: orderText(language, brought) });
};

const orderText = (language: Language, { points, availableOn, names }: OrderPoints): string => {
  const said = formatPoints(language, points, names);
  if (availableOn === null) return translate(language, 'proxy.order_available', { points: said });
  return translate(language, 'proxy.order_pending', { points: said, date: formatCalendarDay(language, availableOn) });
};
