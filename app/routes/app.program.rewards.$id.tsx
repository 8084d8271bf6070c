import { useParams, type MetaFunction } from '@remix-run/react';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { rewardTitle } from '~/ui/program/rewardName';

export { programAction as action } from '~/http/shopify/programActions';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta: MetaFunction = ({ matches, params }) => rewardTitle(matches, params.id ?? '');

const Reward = () => <RewardPage id={useParams().id ?? ''} />;

export default Reward;
