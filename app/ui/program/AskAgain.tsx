import { Button, InlineStack, Text } from '@shopify/polaris';
import { useWriting } from '../language';

type Props = { readonly words: string; readonly ask: () => void };

/** What the shop did not tell, and a press that asks it again. */
export const AskAgain = ({ words, ask }: Props) => {
  const { t } = useWriting();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="p" tone="subdued">
        {words}
      </Text>
      <Button variant="plain" onClick={ask}>
        {t('common.try_again')}
      </Button>
    </InlineStack>
  );
};
