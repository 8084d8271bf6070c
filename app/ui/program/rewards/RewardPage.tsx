import { Banner, BlockStack, Checkbox, EmptyState, FormLayout, Link } from '@shopify/polaris';
import { hasCode, type Reward } from '~/core/rewards/section';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { ReturnSentence } from '../ReturnSentence';
import { Section } from '../Section';
import { CartCard } from './CartCard';
import { editorOf } from './kinds/editors';
import { ShopperSummary } from './ShopperSummary';
import { LimitsCard, WindowCard } from './WhenCards';
import { WhomCard } from './WhomCard';
import { WordsCard } from './WordsCard';

/** One reward with all its fields. */
export const RewardPage = ({ id }: { readonly id: string }) => {
  const { t } = useWriting();
  const { draft } = useProgram();
  const { rewards } = draft.document;
  const index = rewards.findIndex((reward) => reward.id === id);
  const reward = rewards[index];
  if (reward === undefined)
    return (
      <EmptyState heading={t('program.reward_gone')} image="">
        <Link url="/app/program/rewards">{t('program.rewards')}</Link>
      </EmptyState>
    );
  return (
    <OneReward
      key={id}
      reward={reward}
      index={index}
      change={(next) => draft.change({ rewards: rewards.map((one) => (one.id === id ? next : one)) })}
    />
  );
};

type Props = { readonly reward: Reward; readonly index: number; readonly change: (reward: Reward) => void };

const OneReward = ({ reward, index, change }: Props) => {
  const { t } = useWriting();
  const { errorAt: errorIn, notMade } = useProgram();
  const errorAt = (field: string): string | undefined => errorIn(`rewards.${index}.${field}`);
  const card = { reward, change, errorAt };
  const { Fields } = editorOf(reward);
  return (
    <BlockStack gap="400">
      {notMade.includes(reward.kind) ? <Banner tone="warning">{t('program.reward_not_made')}</Banner> : null}
      <ShopperSummary reward={reward} />
      <Section title={t('reward.value')}>
        <ReturnSentence reward={reward} />
        <Checkbox
          label={t('program.reward_on')}
          checked={reward.enabled}
          onChange={(enabled) => change({ ...reward, enabled })}
        />
        <FormLayout>
          <Fields {...card} />
        </FormLayout>
      </Section>
      <WhomCard {...card} />
      <WindowCard {...card} />
      <LimitsCard {...card} />
      {hasCode(reward) ? <CartCard {...card} reward={reward} /> : null}
      <WordsCard {...card} />
    </BlockStack>
  );
};
