import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Reward } from '~/core/rewards/section';
import { rewardSentence } from '~/i18n/sentences/rewards/all';
import { termsSentences } from '~/i18n/sentences/rewardTerms';
import { useWriting } from '../../language';
import { LanguageSelect } from '../LanguageSelect';
import { useProgram } from '../programContext';

/** A reward as those read it who may take it, in the language chosen: it follows every key. */
export const ShopperSummary = ({ reward }: { readonly reward: Reward }) => {
  const { t, ...own } = useWriting();
  const { document } = useProgram().draft;
  const [language, setLanguage] = useState(own.language);
  const say = { ...own, language, names: document.names };
  const description = reward.description?.[language] ?? '';
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('reward.as_members_read')}
          </Text>
          <LanguageSelect value={language} onChange={setLanguage} />
        </InlineStack>
        <Box background="bg-surface-secondary" padding="400" borderRadius="200">
          <div lang={language}>
            <BlockStack gap="200">
              <Text as="h3" variant="headingSm" breakWord>
                {reward.name[language]}
              </Text>
              {description.trim() === '' ? null : (
                <Text as="p" breakWord>
                  {description}
                </Text>
              )}
              <Text as="p">{rewardSentence(reward, say, document)}</Text>
              {termsSentences(reward, say).map((sentence) => (
                <Text as="p" tone="subdued" variant="bodySm" key={sentence}>
                  {sentence}
                </Text>
              ))}
            </BlockStack>
          </div>
        </Box>
      </BlockStack>
    </Card>
  );
};
