import { BlockStack, Box, Button, InlineStack } from '@shopify/polaris';
import { useRef, type ReactNode } from 'react';
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
  const part = useRef<HTMLDivElement>(null);
  const removeThis = (): void => {
    const after = part.current === null ? [] : buttonsAfter(part.current);
    remove();
    requestAnimationFrame(() => after.find(({ isConnected }) => isConnected)?.focus());
  };
  return (
    <div ref={part}>
      <Box background="bg-surface-secondary" padding="300" borderRadius="200">
        <BlockStack gap="200">
          {children}
          <InlineStack>
            <Button
              variant="plain"
              tone="critical"
              accessibilityLabel={`${t('program.remove')}: ${name}`}
              onClick={removeThis}
            >
              {t('program.remove')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Box>
    </div>
  );
};

// Once it is gone, the focus goes on with what follows: another part, or the button that adds one.
const buttonsAfter = (part: Element): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('main button')].filter(
    (one) => !part.contains(one) && (part.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
