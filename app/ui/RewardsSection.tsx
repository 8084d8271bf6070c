import { BlockStack, Button, Card, Divider, InlineStack, Text } from '@shopify/polaris';
import { Fragment, useState } from 'react';
import { newReward, rewardKinds, type Reward, type RewardKind } from '~/core/rewards/section';
import { editors } from './rewards/editors';
import { RewardCard } from './rewards/RewardCard';
import { useWriting } from './language';

const kinds = Object.keys(rewardKinds) as RewardKind[];

type Props = {
  readonly isWrong: (index: number) => boolean;
  readonly rewards: readonly Reward[];
  readonly change: (rewards: Reward[]) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** What points can be turned into. */
export const RewardsSection = ({ rewards, isWrong, change, errorAt }: Props) => {
  const { t, currency } = useWriting();
  const [added, setAdded] = useState<readonly string[]>([]);
  const add = (kind: RewardKind): void => {
    const taken = new Set(rewards.map(({ id }) => id));
    const number =
      Array.from({ length: rewards.length + 1 }, (_, index) => index + 1).find((n) => !taken.has(`reward-${n}`)) ?? 1;
    const reward = newReward(kind, `reward-${number}`, currency);
    setAdded([...added, reward.id]);
    change([...rewards, reward]);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('program.rewards')}
          </Text>
          <Text as="p" tone="subdued">
            {rewards.length === 0 ? t('program.rewards_empty') : t('program.rewards_help')}
          </Text>
        </BlockStack>
        {rewards.map((reward, index) => (
          <Fragment key={reward.id}>
            <Divider />
            <RewardCard
              reward={reward}
              startOpen={added.includes(reward.id)}
              isWrong={isWrong(index)}
              change={(next) => change(rewards.map((one) => (one.id === reward.id ? next : one)))}
              remove={() => change(rewards.filter((one) => one.id !== reward.id))}
              errorAt={(field) => errorAt(`${index}.${field}`)}
            />
          </Fragment>
        ))}
        <Divider />
        <InlineStack gap="200">
          {kinds.map((kind) => (
            <Button key={kind} onClick={() => add(kind)}>
              {t(editors[kind].add)}
            </Button>
          ))}
        </InlineStack>
      </BlockStack>
    </Card>
  );
};
