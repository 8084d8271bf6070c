import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris';
import { isWorthMore, returnRates } from '~/core/program/warnings';
import { newReward, rewardKinds, type Reward, type RewardKind } from '~/core/rewards/section';
import { rewardSentence } from '~/i18n/sentences/rewards/all';
import { useWriting } from '../../language';
import { MenuButton } from '../../MenuButton';
import { useProgram } from '../programContext';
import { newId, RuleList, type RuleKind } from '../RuleList';
import { Section } from '../Section';
import { DepositSection } from './DepositSection';
import { editors } from './kinds/editors';

const kinds = Object.keys(rewardKinds) as RewardKind[];
const wholeBasis = 10_000;

type Props = {
  /** Goes to the page of a reward. */
  readonly open: (id: string) => void;
};

/** What points can be turned into: each reward with its sentence and what it gives back. */
export const RewardsPage = ({ open }: Props) => {
  const { t, percent, ...say } = useWriting();
  const { draft, isWrong, notMade, taken } = useProgram();
  const { rewards } = draft.document;
  const rates = draft.valid === null ? [] : returnRates(draft.valid, say.currency);
  const kind: RuleKind<Reward> = {
    nameOf: ({ name }) => name[say.language],
    sentenceOf: (reward) => rewardSentence(reward, say, draft.document),
    isOn: ({ enabled }) => enabled,
    switched: (reward, enabled) => ({ ...reward, enabled }),
    urlOf: ({ id }) => `/app/program/rewards/${id}`,
    aside: ({ id, kind: made }) => {
      const rate = rates.find(({ reward }) => reward.id === id);
      return (
        <BlockStack gap="100">
          <InlineStack gap="200">
            {rate === undefined || notMade.includes(made) ? null : (
              <Badge {...(isWorthMore(rate) ? { tone: 'critical' as const } : {})}>
                {t('program.gives_back', { percent: percent(rate.basisPoints / wholeBasis) })}
              </Badge>
            )}
            <Badge>{t('reward.uses', { count: taken[id] ?? 0 })}</Badge>
          </InlineStack>
          {notMade.includes(made) ? (
            <Text as="p" tone="critical">
              {t('program.reward_not_made')}
            </Text>
          ) : null}
        </BlockStack>
      );
    },
    isOrdered: true,
  };
  return (
    <BlockStack gap="400">
      <Section
        title={t('program.rewards')}
        help={rewards.length === 0 ? t('program.rewards_empty') : t('program.rewards_help')}
      >
        <RuleList
          rules={rewards}
          change={(next) => draft.change({ rewards: next })}
          kind={kind}
          opened={[]}
          isWrong={(index) => isWrong(`rewards.${index}`)}
        />
        <InlineStack>
          <AddReward onAdded={open} />
        </InlineStack>
        {rewards.some((_, index) => isWrong(`rewards.${index}`)) ? (
          <Text as="p" tone="critical">
            {t('program.rewards_wrong')}
          </Text>
        ) : null}
      </Section>
      {draft.valid === null ? null : <DepositSection document={draft.valid} />}
    </BlockStack>
  );
};

const AddReward = ({ onAdded }: { readonly onAdded: (id: string) => void }) => {
  const { t, currency } = useWriting();
  const { draft, notMade } = useProgram();
  const add = (kind: RewardKind): void => {
    const { rewards } = draft.document;
    const reward = newReward(kind, newId('reward', rewards), currency);
    draft.change({ rewards: [...rewards, reward] });
    onAdded(reward.id);
  };
  return (
    <MenuButton
      label={t('program.add_reward')}
      items={kinds.map((kind) => ({
        content: t(editors[kind].add),
        onAction: () => add(kind),
        // What cannot be made here stands there with the reason: nobody looks for it elsewhere.
        ...(notMade.includes(kind) ? { disabled: true, helpText: t('program.reward_not_made') } : {}),
      }))}
    />
  );
};
