import { proxyRoute } from '~/http/shopify/proxy';
import { answerSummary } from '~/http/shopper/summary';

/** GET …/summary: the program, and the member if any, for pages that cannot read metafields. */
const handlers = proxyRoute('GET', answerSummary);

export const loader = handlers.loader;
export const action = handlers.action;
