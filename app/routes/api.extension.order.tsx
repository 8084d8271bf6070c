import { shopperRoute } from '~/http/shopify/extension';
import { answerOrder } from '~/http/shopper/order';

/** GET /api/extension/order: what an order of the customer brought. */
const handlers = shopperRoute('GET', answerOrder);

export const loader = handlers.loader;
export const action = handlers.action;
