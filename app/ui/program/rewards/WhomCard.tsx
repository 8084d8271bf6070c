import { BlockStack, Text } from '@shopify/polaris';
import { useWriting } from '../../language';
import { GroupChoice } from '../GroupChoice';
import { useProgram } from '../programContext';
import { Section } from '../Section';
import type { RewardCardProps } from './rewardFields';

/** For whom a reward is: members of some tiers, of some segments, or everybody. */
export const WhomCard = ({ reward, change, errorAt }: RewardCardProps) => {
  const { t } = useWriting();
  const { tiers, segments } = useProgram().draft.document;
  const { tierIds, segmentIds } = reward;
  const levels = tiers?.levels ?? [];
  const isEmpty = [levels, segments, tierIds, segmentIds].every(({ length }) => length === 0);
  if (isEmpty)
    return (
      <Section title={t('reward.for_whom')}>
        <Text as="p">{t('reward.no_groups')}</Text>
      </Section>
    );
  return (
    <Section title={t('reward.for_whom')} help={t('reward.for_whom_help')}>
      <BlockStack gap="300">
        <GroupChoice
          title={t('field.condition.tierIds')}
          of={levels}
          ids={tierIds}
          choose={(ids) => change({ ...reward, tierIds: ids })}
          error={errorAt('tierIds')}
        />
        <GroupChoice
          title={t('field.condition.segmentIds')}
          of={segments}
          ids={segmentIds}
          choose={(ids) => change({ ...reward, segmentIds: ids })}
          error={errorAt('segmentIds')}
        />
      </BlockStack>
    </Section>
  );
};
