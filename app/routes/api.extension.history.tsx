import { shopperRoute } from '~/http/shopify/extension';
import { answerHistory } from '~/http/shopper/history';

/** GET /api/extension/history: the customer’s own entries, in words. */
const handlers = shopperRoute('GET', answerHistory);

export const loader = handlers.loader;
export const action = handlers.action;
