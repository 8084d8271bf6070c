import { BlockStack, Button, Checkbox, Collapsible, FormLayout, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { languages, type Language } from '~/i18n/catalog';
import { foreignNumber } from '~/core/rewards/names';
import type { Reward } from '~/core/rewards/section';
import { MoneyField, NumberField, useErrorsShown, WordsField } from '../fields';
import { useWriting } from '../language';
import { editorOf } from './editors';

type Props = {
  readonly reward: Reward;
  readonly startOpen: boolean;
  /** Something is wrong with one of its fields. */
  readonly isWrong: boolean;
  readonly change: (reward: Reward) => void;
  readonly remove: () => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** One reward: a sentence, and its fields when it is opened. */
export const RewardCard = ({ reward, startOpen, isWrong, change, remove, errorAt }: Props) => {
  const { t, language } = useWriting();
  const numberWarning = (of: Reward, tongue: Language): string | undefined => {
    const found = foreignNumber(of, of.name[tongue]);
    return found === null ? undefined : t('program.reward_foreign_number', { found });
  };
  const [wanted, setOpen] = useState(startOpen);
  // After an attempt to save, what is wrong is in sight.
  const open = (useErrorsShown() && isWrong) || wanted;
  const id = `reward-${reward.id}`;
  const { Fields } = editorOf(reward);
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Button
          variant="plain"
          textAlign="start"
          disclosure={open ? 'up' : 'down'}
          ariaExpanded={open}
          ariaControls={id}
          onClick={() => setOpen(!open)}
        >
          {reward.name[language]}
        </Button>
        <Checkbox
          label={t('program.reward_on')}
          checked={reward.enabled}
          onChange={(enabled) => change({ ...reward, enabled })}
        />
      </InlineStack>
      <Text as="p" tone="subdued">
        <RewardSentence reward={reward} />
      </Text>
      <Collapsible id={id} open={open}>
        <FormLayout>
          <Fields reward={reward} change={change} errorAt={errorAt} />
          <FormLayout.Group condensed>
            <MoneyField
              label={t('program.reward_minimum')}
              minor={reward.minimumSubtotalMinor}
              currency={reward.currency}
              optional
              onChange={(minimumSubtotalMinor) => change({ ...reward, minimumSubtotalMinor })}
              error={errorAt('minimumSubtotalMinor')}
            />
            <NumberField
              label={t('program.reward_days')}
              value={reward.validDays}
              onChange={(validDays) => change({ ...reward, validDays })}
              error={errorAt('validDays')}
            />
          </FormLayout.Group>
          {languages.map((one) => (
            <WordsField
              key={one}
              label={t('program.reward_name', { language: t(`language.${one}`) })}
              value={reward.name[one]}
              onChange={(text) => change({ ...reward, name: { ...reward.name, [one]: text } })}
              error={errorAt(`name.${one}`)}
              warning={numberWarning(reward, one)}
            />
          ))}
          <Button tone="critical" variant="plain" onClick={remove}>
            {t('program.reward_remove')}
          </Button>
        </FormLayout>
      </Collapsible>
    </BlockStack>
  );
};

const RewardSentence = ({ reward }: { readonly reward: Reward }) => {
  const say = useWriting();
  const isReadable = Object.values(reward).every((value) => typeof value !== 'number' || Number.isFinite(value));
  return isReadable ? editorOf(reward).sentence(reward, say) : '…';
};
