import { proxyRoute } from '~/http/shopify/proxy';
import { answerCancel } from '~/http/shopper/cancel';

/** POST …/cancel: a code is given back. */
const handlers = proxyRoute('POST', answerCancel, 'write');

export const loader = handlers.loader;
export const action = handlers.action;
