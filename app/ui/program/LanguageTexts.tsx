import { BlockStack, Button, FormLayout, InlineStack, Text } from '@shopify/polaris';
import { perTongue, type LocalizedText } from '~/core/values/text';
import { languages, ownFirst, type Language } from '~/i18n/catalog';
import { WordsField } from '../fields';
import { useWriting } from '../language';
import { FieldGrid } from './fields';

const nothing = perTongue(() => '');
const isBlank = (text: string): boolean => text.trim() === '';

type Props = {
  readonly help: string;
  readonly label: (language: Language) => string;
  readonly value: LocalizedText | null;
  readonly change: (value: LocalizedText | null) => void;
  readonly errorAt: (language: Language) => string | undefined;
  readonly longest: number;
  readonly lines: number;
  /** One language's text may stand in the empty fields of the others. */
  readonly canFill: boolean;
};

/** A text in every language, or in none: nobody reads half of it. */
export const LanguageTexts = ({ help, label, value, change, errorAt, longest, lines, canFill }: Props) => {
  const { language } = useWriting();
  const texts = value ?? nothing;
  const set = (next: LocalizedText): void => change(languages.every((one) => isBlank(next[one])) ? null : next);
  return (
    <BlockStack gap="200">
      <Text as="p" tone="subdued">
        {help}
      </Text>
      <FormLayout>
        <FieldGrid>
          {ownFirst(language).map((one) => (
            <WordsField
              key={one}
              label={label(one)}
              value={texts[one]}
              onChange={(text) => set({ ...texts, [one]: text })}
              error={errorAt(one)}
              longest={longest}
              lines={lines}
            />
          ))}
        </FieldGrid>
      </FormLayout>
      {canFill ? <FillEmpty texts={texts} change={set} /> : null}
    </BlockStack>
  );
};

type FillProps = { readonly texts: LocalizedText; readonly change: (texts: LocalizedText) => void };

/** Puts the text of one language, this page's first, into the fields that are empty; with nothing to do no button. */
export const FillEmpty = ({ texts, change }: FillProps) => {
  const { t, language } = useWriting();
  const source = [language, ...languages].find((one) => !isBlank(texts[one]));
  if (source === undefined || languages.every((one) => !isBlank(texts[one]))) return null;
  return (
    <InlineStack>
      <Button
        variant="plain"
        onClick={() => change(perTongue((one) => (isBlank(texts[one]) ? texts[source] : texts[one])))}
      >
        {t('reward.fill_empty', { language: t(`language.${source}`) })}
      </Button>
    </InlineStack>
  );
};
