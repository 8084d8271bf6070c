import { BlockStack, Box, List, Text } from '@shopify/polaris';
import { useWriting } from '~/ui/language';

const authorization = 'Authorization: Bearer {secret}';

/** What is asked, with what is sent and answered; the words for it are in the texts. */
const questions = [
  {
    words: 'partners.contract_catalogue',
    asks: 'GET /catalogue',
    answers: ['{ "items": [{ "id", "name", "cost", "currency" }] }'],
  },
  {
    words: 'partners.contract_quote',
    asks: 'GET /items/{id}/quote',
    answers: ['{ "cost", "currency", "available", "needsEmail" }'],
  },
  { words: 'partners.contract_order', asks: 'POST /orders { "reference", "itemId", "email" }', answers: [] },
  {
    words: 'partners.contract_status',
    asks: 'GET /orders/{reference}',
    answers: [
      '{ "status": "placed" }',
      '{ "status": "delivered", "code", "link" }',
      '{ "status": "refused", "reason" }',
    ],
  },
] as const;

/** What a partner's server has to answer, for whoever writes it: a merchant cannot open our documents. */
export const PartnerContract = () => {
  const { t } = useWriting();
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('partners.contract')}
        </Text>
        <Text as="p">{t('partners.contract_help')}</Text>
        <Code text={authorization} />
        <List>
          {questions.map(({ words, asks, answers }) => (
            <List.Item key={asks}>
              <BlockStack gap="050">
                <Code text={asks} />
                {answers.map((one) => (
                  <Code key={one} text={`→ ${one}`} />
                ))}
                <Text as="p">{t(words)}</Text>
              </BlockStack>
            </List.Item>
          ))}
        </List>
        <Text as="p">{t('partners.contract_waits')}</Text>
      </BlockStack>
    </Box>
  );
};

const Code = ({ text }: { readonly text: string }) => <code style={{ overflowWrap: 'anywhere' }}>{text}</code>;
