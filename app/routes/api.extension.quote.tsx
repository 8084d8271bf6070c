import { shopperRoute } from '~/http/shopify/extension';
import { answerQuote } from '~/http/shopper/quote';

/** POST /api/extension/quote: what a cart earns if it is bought now. It writes nothing. */
const handlers = shopperRoute('POST', answerQuote);

export const loader = handlers.loader;
export const action = handlers.action;
