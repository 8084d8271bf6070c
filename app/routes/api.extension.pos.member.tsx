import { answerMember } from '~/http/counter/member';
import { forCustomer, staffRoute } from '~/http/shopify/extension';

/** GET /api/extension/pos/member: a customer with the program, their points and the rewards on offer. */
const handlers = staffRoute('GET', forCustomer(answerMember));

export const loader = handlers.loader;
export const action = handlers.action;
