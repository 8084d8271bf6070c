import { Badge, BlockStack, Button, InlineStack, SkeletonBodyText, Text } from '@shopify/polaris';
import { askScopes } from '../askScopes';
import { useWriting } from '../language';
import { useParts } from './useParts';

const themeScope = 'read_themes';

/**
 * The parts of the storefront: whether the shop shows each, and the way to where it is placed. The shop is asked when
 * the page stands, and again when the merchant comes back from the theme editor.
 */
export const StorefrontParts = () => {
  const { t } = useWriting();
  const { parts, isAsking, ask } = useParts('each time');
  if (parts === undefined) return <SkeletonBodyText lines={6} />;
  if (parts === null)
    return (
      <BlockStack gap="200" inlineAlign="start">
        <Text as="p">{t('parts.away')}</Text>
        <Button onClick={ask} loading={isAsking}>
          {t('parts.again')}
        </Button>
      </BlockStack>
    );
  const isAll = parts.every(({ isShown }) => isShown === true);
  const isHidden = parts.some(({ isShown }) => isShown === null);
  return (
    <BlockStack gap="400">
      <Text as="p" tone="subdued">
        {t(isAll ? 'parts.all_shown' : 'start.storefront_help')}
      </Text>
      {parts.map(({ name, isShown, editor }) => (
        <BlockStack key={name} gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h3" variant="headingSm">
              {t(`parts.${name}`)}
            </Text>
            {isShown === null ? null : (
              <Badge tone={isShown ? 'success' : 'attention'}>{t(isShown ? 'parts.shown' : 'parts.missing')}</Badge>
            )}
          </InlineStack>
          <Text as="p" tone="subdued">
            {t(`parts.${name}_help`)}
          </Text>
          {isShown === true ? null : (
            <InlineStack>
              <Button
                url={editor}
                external
                target="_blank"
                accessibilityLabel={`${t('parts.add')}: ${t(`parts.${name}`)}`}
              >
                {t('parts.add')}
              </Button>
            </InlineStack>
          )}
        </BlockStack>
      ))}
      {isHidden ? <AskToSee granted={ask} /> : null}
    </BlockStack>
  );
};

const AskToSee = ({ granted }: { readonly granted: () => void }) => {
  const { t } = useWriting();
  const ask = async (): Promise<void> => {
    if (await askScopes([themeScope])) granted();
  };
  return (
    <BlockStack gap="200" inlineAlign="start">
      <Text as="p">{t('parts.hidden')}</Text>
      <Button onClick={() => void ask()}>{t('parts.allow')}</Button>
    </BlockStack>
  );
};
