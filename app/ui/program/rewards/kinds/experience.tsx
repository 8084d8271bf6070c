import { BlockStack, Checkbox, Link, Text } from '@shopify/polaris';
import type { Experience } from '~/core/rewards/kinds/experience';
import { perTongue } from '~/core/values/text';
import { ownFirst } from '~/i18n/catalog';
import { NumberField, WordsField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid, OptionalNumberField } from '../../fields';
import { FillEmpty } from '../../LanguageTexts';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

const Fields = (props: RewardFieldsProps<Experience>) => {
  const { reward, change, errorAt } = props;
  const { t } = useWriting();
  return (
    <BlockStack gap="400">
      <FieldGrid>
        <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
        <OptionalNumberField
          label={t('program.reward_stock')}
          value={reward.stock}
          onChange={(stock) => change({ ...reward, stock })}
          error={errorAt('stock')}
        />
        <NumberField
          label={t('program.reward_done_within')}
          value={reward.doneWithinDays}
          onChange={(doneWithinDays) => change({ ...reward, doneWithinDays })}
          error={errorAt('doneWithinDays')}
        />
      </FieldGrid>
      <Question {...props} />
      <Text as="p" tone="subdued">
        {t('program.reward_experience_help')} <Link url="/app/fulfilment">{t('fulfilment.title')}</Link>
      </Text>
    </BlockStack>
  );
};

const longest = 200;

/** What the member is asked, in every language. */
const Question = ({ reward, change, errorAt }: RewardFieldsProps<Experience>) => {
  const { t, language } = useWriting();
  const { question } = reward;
  return (
    <BlockStack gap="200">
      <Checkbox
        label={t('program.reward_question_ask')}
        checked={question !== null}
        onChange={(on) => change({ ...reward, question: on ? perTongue(() => '') : null })}
      />
      {question === null ? null : (
        <>
          <FieldGrid>
            {ownFirst(language).map((one) => (
              <WordsField
                key={one}
                label={t('program.reward_question_in', { language: t(`language.${one}`) })}
                value={question[one]}
                onChange={(text) => change({ ...reward, question: { ...question, [one]: text } })}
                longest={longest}
                error={errorAt(`question.${one}`)}
              />
            ))}
          </FieldGrid>
          <FillEmpty texts={question} change={(texts) => change({ ...reward, question: texts })} />
        </>
      )}
    </BlockStack>
  );
};

/** A fixed price in points for something that staff does. */
export const experience: RewardEditor<'experience'> = {
  add: 'program.add_experience',
  Fields,
};
