import { shopperRoute } from '~/http/shopify/extension';
import { answerRedeem } from '~/http/shopper/redeem';

/** POST /api/extension/redeem: points become a code, or what the merchant gives. */
const handlers = shopperRoute('POST', answerRedeem, 'write');

export const loader = handlers.loader;
export const action = handlers.action;
