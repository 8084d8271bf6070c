import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { contrastOf, enoughContrast, isColor, readableOnWhite, textOn, white } from '~/core/values/contrast';
import { formatNumber } from '~/i18n/catalog';
import { useWriting } from '../../language';
import { ColorField } from '../ColorField';

type Props = {
  readonly value: string | null;
  readonly onChange: (accent: string | null) => void;
  readonly error: string | undefined;
};

/** A colour by its number or picked, and how well it can be read. */
export const AccentField = ({ value, onChange, error }: Props) => {
  const { t } = useWriting();
  const color = value !== null && isColor(value) ? value : null;
  return (
    <BlockStack gap="200">
      <ColorField
        label={t('field.look.accent')}
        value={value}
        help={t('look.accent_help')}
        onChange={onChange}
        error={error}
      />
      {color === null ? null : <Readable color={color} use={onChange} />}
    </BlockStack>
  );
};

type ReadableProps = { readonly color: string; readonly use: (color: string) => void };

const Readable = ({ color, use }: ReadableProps) => {
  const { t, language } = useWriting();
  // Rounded down: what does not reach the mark never looks as if it did.
  const ratio = (other: string): string => formatNumber(language, Math.floor(contrastOf(color, other) * 10) / 10);
  if (contrastOf(color, white) >= enoughContrast)
    return (
      <Text as="p" tone="success">
        {t('look.readable', { ratio: ratio(white) })}
      </Text>
    );
  const darker = readableOnWhite(color);
  return (
    <InlineStack gap="200">
      <Text as="p" tone="caution">
        {t('look.pale', { ratio: ratio(white), on: ratio(textOn(color)) })}
      </Text>
      <Button variant="plain" onClick={() => use(darker)}>
        {t('look.darker', { color: darker })}
      </Button>
    </InlineStack>
  );
};
