import { BlockStack, Card, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

type Props = { readonly number: number; readonly title: string; readonly help?: string; readonly children: ReactNode };

/** One step of the first run. */
export const Step = ({ number, title, help, children }: Props) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">{`${number}. ${title}`}</Text>
        {help === undefined ? null : (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
      </BlockStack>
      {children}
    </BlockStack>
  </Card>
);
