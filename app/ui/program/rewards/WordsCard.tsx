import { FormLayout } from '@shopify/polaris';
import { foreignNumber } from '~/core/rewards/names';
import { ownFirst, type Language } from '~/i18n/catalog';
import { WordsField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid } from '../fields';
import { LanguageTexts } from '../LanguageTexts';
import { Section } from '../Section';
import type { RewardCardProps } from './rewardFields';

const longest = 200;

/** What a reward is called and what more is said of it, in every language. */
export const WordsCard = ({ reward, change, errorAt }: RewardCardProps) => {
  const { t, language } = useWriting();
  const numberWarning = (tongue: Language): string | undefined => {
    const found = foreignNumber(reward, reward.name[tongue]);
    return found === null ? undefined : t('program.reward_foreign_number', { found });
  };
  return (
    <Section title={t('reward.words')}>
      <FormLayout>
        <FieldGrid>
          {ownFirst(language).map((one) => (
            <WordsField
              key={one}
              label={t('program.reward_name', { language: t(`language.${one}`) })}
              value={reward.name[one]}
              onChange={(text) => change({ ...reward, name: { ...reward.name, [one]: text } })}
              error={errorAt(`name.${one}`)}
              warning={numberWarning(one)}
            />
          ))}
        </FieldGrid>
      </FormLayout>
      <LanguageTexts
        help={t('reward.description_help')}
        label={(one) => t('field.reward.description.language', { language: t(`language.${one}`) })}
        value={reward.description}
        change={(description) => change({ ...reward, description })}
        errorAt={(one) => errorAt(`description.${one}`)}
        longest={longest}
        lines={2}
        canFill
      />
    </Section>
  );
};
