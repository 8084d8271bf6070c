import { BlockStack, Button, Card, InlineStack, List, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

type Props = {
  /** Of its heading, where that is to have the focus. */
  readonly id?: string;
  readonly title: string;
  readonly help?: string;
  readonly action?: { readonly content: string; readonly url?: string; readonly onAction?: () => void };
  readonly children: ReactNode;
};

/** A card of the program's pages: a heading, what it is about, and what stands in it. */
export const Section = ({ id, title, help, action, children }: Props) => (
  <Card>
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <div {...(id === undefined ? {} : { id, tabIndex: -1 })}>
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
        </div>
        {action === undefined ? null : (
          <Button
            variant="plain"
            accessibilityLabel={`${action.content}: ${title}`}
            {...(action.url === undefined ? {} : { url: action.url })}
            {...(action.onAction === undefined ? {} : { onClick: action.onAction })}
          >
            {action.content}
          </Button>
        )}
      </InlineStack>
      {help === undefined ? null : (
        <Text as="p" tone="subdued">
          {help}
        </Text>
      )}
      {children}
    </BlockStack>
  </Card>
);

/** Rules as sentences. */
export const Sentences = ({ all }: { readonly all: readonly string[] }) => (
  <List>
    {all.map((sentence, index) => (
      <List.Item key={index}>{sentence}</List.Item>
    ))}
  </List>
);
