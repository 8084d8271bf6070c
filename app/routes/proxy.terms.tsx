import { proxyRoute } from '~/http/shopify/proxy';
import { answerTerms } from '~/http/shopper/terms';

/** GET …/terms: the terms of the program as a page of the shop. */
const handlers = proxyRoute('GET', answerTerms);

export const loader = handlers.loader;
export const action = handlers.action;
