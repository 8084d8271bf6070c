import { BlockStack, ChoiceList, Text } from '@shopify/polaris';
import type { LocalizedText } from '~/core/values/text';
import { useWriting } from '../../language';
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
        <Groups
          title={t('field.condition.tierIds')}
          of={levels}
          ids={tierIds}
          choose={(ids) => change({ ...reward, tierIds: ids })}
          error={errorAt('tierIds')}
        />
        <Groups
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

type GroupsProps = {
  readonly title: string;
  readonly of: readonly { readonly id: string; readonly name: LocalizedText }[];
  readonly ids: readonly string[];
  readonly choose: (ids: string[]) => void;
  readonly error: string | undefined;
};

// What is named and not there any more can be taken out; it cannot be chosen again.
const Groups = ({ title, of, ids, choose, error }: GroupsProps) => {
  const { t, language } = useWriting();
  const gone = ids.filter((id) => !of.some((one) => one.id === id));
  const choices = [
    ...of.map(({ id, name }) => ({ value: id, label: name[language] })),
    ...gone.map((id) => ({ value: id, label: t('reward.group_gone', { id }) })),
  ];
  return choices.length === 0 ? null : (
    <ChoiceList
      allowMultiple
      title={title}
      choices={choices}
      selected={[...ids]}
      onChange={(chosen) => choose(choices.map(({ value }) => value).filter((id) => chosen.includes(id)))}
      error={error ?? ''}
    />
  );
};
