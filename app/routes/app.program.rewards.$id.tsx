import { useParams } from '@remix-run/react';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { titled } from '~/ui/titled';

export { programAction as action } from '~/http/shopify/programActions';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.reward');

const Reward = () => <RewardPage id={useParams().id ?? ''} />;

export default Reward;
