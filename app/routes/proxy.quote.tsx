import { proxyRoute } from '~/http/shopify/proxy';
import { answerQuote } from '~/http/shopper/quote';

/** POST …/quote: what a cart earns if it is bought now. It writes nothing. */
const handlers = proxyRoute('POST', answerQuote);

export const loader = handlers.loader;
export const action = handlers.action;
