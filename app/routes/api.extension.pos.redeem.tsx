import { forCustomer, staffRoute } from '~/http/shopify/extension';
import { answerRedeem } from '~/http/shopper/redeem';

/** POST /api/extension/pos/redeem: a customer’s points become a code, or what the merchant gives, at the counter. */
const handlers = staffRoute('POST', forCustomer(answerRedeem));

export const loader = handlers.loader;
export const action = handlers.action;
