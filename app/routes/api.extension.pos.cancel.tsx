import { forCustomer, staffRoute } from '~/http/shopify/extension';
import { answerCancel } from '~/http/shopper/cancel';

/** POST /api/extension/pos/cancel: a customer gives a code back, at the counter. */
const handlers = staffRoute('POST', forCustomer(answerCancel));

export const loader = handlers.loader;
export const action = handlers.action;
