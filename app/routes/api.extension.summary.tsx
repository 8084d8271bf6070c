import { shopperRoute } from '~/http/shopify/extension';
import { answerSummary } from '~/http/shopper/summary';

/** GET /api/extension/summary: the program, and the member if any. */
const handlers = shopperRoute('GET', answerSummary);

export const loader = handlers.loader;
export const action = handlers.action;
