import { answerFind } from '~/http/counter/find';
import { staffRoute } from '~/http/shopify/extension';

/** GET /api/extension/pos/find: the customers whom a text means. */
const handlers = staffRoute('GET', answerFind);

export const loader = handlers.loader;
export const action = handlers.action;
