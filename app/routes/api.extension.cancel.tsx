import { shopperRoute } from '~/http/shopify/extension';
import { answerCancel } from '~/http/shopper/cancel';

/** POST /api/extension/cancel: a code is given back. */
const handlers = shopperRoute('POST', answerCancel, 'write');

export const loader = handlers.loader;
export const action = handlers.action;
