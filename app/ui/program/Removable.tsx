import { BlockStack, Box, Button, InlineStack } from '@shopify/polaris';
import { useEffect, useRef, type ReactNode } from 'react';
import { focusFirstIn } from '../focusBeside';
import { useWriting } from '../language';

type Props = {
  /** What the button takes out, for those who hear only the button: it begins with what is written on it. */
  readonly label: string;
  /** It was just added: its first field has the focus. */
  readonly isNew?: boolean;
  readonly remove: () => void;
  readonly children: ReactNode;
};

/** A part of a rule that can be taken out again. */
export const Removable = ({ label, isNew = false, remove, children }: Props) => {
  const { t } = useWriting();
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew && part.current !== null) focusFirstIn(part.current);
  }, [isNew]);
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
            <Button variant="plain" tone="critical" accessibilityLabel={label} onClick={removeThis}>
              {t('program.remove')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Box>
    </div>
  );
};

/** By what React knows a part again when another one before it is taken out: its kind, and the how many-th of it. */
export const keyAt = (parts: readonly { readonly kind: string }[], index: number): string => {
  const kind = parts[index]?.kind ?? '';
  return `${kind} ${parts.slice(0, index).filter((one) => one.kind === kind).length}`;
};

// Once it is gone, the focus goes on with what follows: another part, or the button that adds one.
const buttonsAfter = (part: Element): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('main button')].filter(
    (one) => !part.contains(one) && (part.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
