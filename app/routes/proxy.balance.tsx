import { proxyRoute } from '~/http/shopify/proxy';
import { answerBalance } from '~/http/shopper/balance';

/** GET …/balance: what the signed-in customer has now. */
const handlers = proxyRoute('GET', answerBalance);

export const loader = handlers.loader;
export const action = handlers.action;
