import { shopperRoute } from '~/http/shopify/extension';
import { answerRewards } from '~/http/shopper/rewards';

/** GET /api/extension/rewards: the rewards on offer, each with why it cannot be taken now. */
const handlers = shopperRoute('GET', answerRewards);

export const loader = handlers.loader;
export const action = handlers.action;
