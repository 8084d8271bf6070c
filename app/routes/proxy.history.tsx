import { proxyRoute } from '~/http/shopify/proxy';
import { answerHistory } from '~/http/shopper/history';

/** GET …/history: the signed-in customer’s own entries, in words. */
const handlers = proxyRoute('GET', answerHistory);

export const loader = handlers.loader;
export const action = handlers.action;
