import { BlockStack, Box, InlineGrid, List, RadioButton, Text } from '@shopify/polaris';
import type { ProgramDocument } from '~/core/program/document';
import { templateDocument, templateIds, type TemplateId, type TemplateShop } from '~/core/program/templates';
import type { PointNames } from '~/i18n/format';
import { daysPhrase } from '~/i18n/sentences/days';
import { rateSentence } from '~/i18n/sentences/earning';
import { expirySentence } from '~/i18n/sentences/policies';
import { rewardSentence } from '~/i18n/sentences/rewards/all';
import { tell, type SentenceSay } from '~/i18n/sentences/say';
import { levelSentence } from '~/i18n/sentences/tiers';
import { useWriting } from '../language';

type Props = {
  readonly shop: TemplateShop;
  /** What points are called. */
  readonly names: PointNames;
  readonly value: TemplateId;
  readonly onChange: (template: TemplateId) => void;
};

/** The programs that a shop can begin with: one card each, in sentences. */
export const TemplateCards = ({ shop, names, value, onChange }: Props) => {
  const { t, ...own } = useWriting();
  const say = { ...own, names };
  return (
    <div role="radiogroup" aria-label={t('start.template')}>
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="300">
        {templateIds.map((id) => (
          <div key={id} onClick={() => onChange(id)} style={{ cursor: 'pointer' }}>
            <Box
              minHeight="100%"
              padding="300"
              borderRadius="200"
              borderWidth="025"
              borderColor={id === value ? 'border-emphasis' : 'border'}
              background={id === value ? 'bg-surface-selected' : 'bg-surface'}
            >
              <BlockStack gap="200">
                <RadioButton
                  name="template"
                  id={`template-${id}`}
                  value={id}
                  label={
                    <Text as="span" fontWeight="semibold">
                      {t(`template.${id}`)}
                    </Text>
                  }
                  helpText={t(`template.${id}_for`)}
                  checked={id === value}
                  onChange={() => onChange(id)}
                />
                <List gap="extraTight">
                  {sentencesOf(templateDocument(id, shop), say).map((sentence) => (
                    <List.Item key={sentence}>{sentence}</List.Item>
                  ))}
                </List>
              </BlockStack>
            </Box>
          </div>
        ))}
      </InlineGrid>
    </div>
  );
};

const sentencesOf = (document: ProgramDocument, say: SentenceSay): readonly string[] => {
  const { earning, tiers, rewards, policies } = document;
  return [
    ...earning.rates.map((rate) => rateSentence(rate, say)),
    ...(earning.window === null
      ? []
      : [tell(say, 'sentence.earning_window', { when: daysPhrase(earning.window, say) })]),
    ...(tiers === null ? [] : tiers.levels.map((level) => levelSentence(level, tiers, say))),
    ...rewards.map((reward) => rewardSentence(reward, say, document)),
    expirySentence(policies.expiry, say),
  ];
};
