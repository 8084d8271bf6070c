import { proxyRoute } from '~/http/shopify/proxy';
import { answerRewards } from '~/http/shopper/rewards';

/** GET …/rewards: the rewards on offer, each with why it cannot be taken now. */
const handlers = proxyRoute('GET', answerRewards);

export const loader = handlers.loader;
export const action = handlers.action;
