import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useId } from 'react';
import { icons, type Icon } from '~/core/values/icons';
import { useWriting } from '../language';
import { LoyaltyIcon } from '../LoyaltyIcon';

type Props = {
  readonly label: string;
  readonly value: Icon | null;
  readonly onChange: (icon: Icon | null) => void;
};

/** One of the small pictures, or none. */
export const IconChoice = ({ label, value, onChange }: Props) => {
  const { t } = useWriting();
  const name = useId();
  return (
    <BlockStack gap="100">
      <Text as="p" id={name}>
        {label}
      </Text>
      <div role="group" aria-labelledby={name}>
        <InlineStack gap="100">
          <Button pressed={value === null} onClick={() => onChange(null)}>
            {t('icon.none')}
          </Button>
          {icons.map((icon) => (
            <Button
              key={icon}
              pressed={value === icon}
              accessibilityLabel={t(`icon.${icon}`)}
              icon={<LoyaltyIcon icon={icon} size="1.25em" />}
              onClick={() => onChange(icon)}
            />
          ))}
        </InlineStack>
      </div>
    </BlockStack>
  );
};
