import { proxyRoute } from '~/http/shopify/proxy';
import { answerRedeem } from '~/http/shopper/redeem';

/** POST …/redeem: points become a code, or what the merchant gives. */
const handlers = proxyRoute('POST', answerRedeem, 'write');

export const loader = handlers.loader;
export const action = handlers.action;
