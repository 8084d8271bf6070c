import { BlockStack, Box, Button, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useWriting } from '../language';

type Props = {
  /** What it is, for those who hear only the button. */
  readonly name: string;
  readonly remove: () => void;
  readonly children: ReactNode;
};

/** A part of a rule that can be taken out again. */
export const Removable = ({ name, remove, children }: Props) => {
  const { t } = useWriting();
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="200">
        {children}
        <InlineStack>
          <Button
            variant="plain"
            tone="critical"
            accessibilityLabel={`${t('program.remove')}: ${name}`}
            onClick={remove}
          >
            {t('program.remove')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Box>
  );
};
