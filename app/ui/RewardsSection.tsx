import { BlockStack, Button, Card, Divider, InlineStack, Text } from '@shopify/polaris';
import { Fragment, useState } from 'react';
import { defaultDocument } from '~/core/program/defaults';
import type { Reward, RewardKind } from '~/core/program/document';
import { RewardCard } from '~/components/rewards/RewardCard';
import { useWriting } from './language';

type Props = {
  readonly isWrong: (index: number) => boolean;
  readonly rewards: readonly Reward[];
  readonly change: (rewards: Reward[]) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** What points can be turned into. */
export const RewardsSection = ({ rewards, isWrong, change, errorAt }: Props) => {
  const { t, currency, timeZone } = useWriting();
  const [added, setAdded] = useState<readonly string[]>([]);
  const add = (kind: RewardKind): void => {
    const model = defaultDocument(currency, timeZone).rewards.find((reward) => reward.kind === kind);
    if (model === undefined) return;
    const taken = new Set(rewards.map(({ id }) => id));
    const number =
      Array.from({ length: rewards.length + 1 }, (_, index) => index + 1).find((n) => !taken.has(`reward-${n}`)) ?? 1;
    // Nothing is on offer that the merchant has not looked over.
    const reward = { ...model, id: `reward-${number}`, enabled: false };
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
          <Button onClick={() => add('amount_off')}>{t('program.add_fixed')}</Button>
          <Button onClick={() => add('chosen_amount_off')}>{t('program.add_chosen')}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
};
