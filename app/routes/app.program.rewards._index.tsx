import { useNavigate } from '@remix-run/react';
import { RewardsPage } from '~/ui/program/rewards/RewardsPage';
import { titled } from '~/ui/titled';

export { programAction as action } from '~/http/shopify/programActions';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.rewards');

const Rewards = () => {
  const navigate = useNavigate();
  return <RewardsPage open={(id) => navigate(`/app/program/rewards/${id}`)} />;
};

export default Rewards;
