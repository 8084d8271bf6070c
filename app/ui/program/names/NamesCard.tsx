import { BlockStack, FormLayout, InlineGrid, Text } from '@shopify/polaris';
import { ownFirst } from '~/i18n/catalog';
import { fieldLabel } from '~/i18n/documentWords';
import { begun, tell } from '~/i18n/sentences/say';
import { WordsField } from '../../fields';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { Section } from '../Section';

const parts = ['program', 'point', 'points'] as const;

/** The merchant's words, the languages side by side. */
export const NamesCard = () => {
  const { t, ...say } = useWriting();
  const { draft, errorAt } = useProgram();
  const { names } = draft.document;
  return (
    <Section title={t('program.names')} help={t('program.names_help')}>
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="500">
        {ownFirst(say.language).map((language) => (
          <BlockStack key={language} gap="200">
            <Text as="h3" variant="headingSm">
              {begun(say, t(`language.${language}`))}
            </Text>
            <FormLayout>
              {parts.map((part) => (
                <WordsField
                  key={part}
                  label={fieldLabel(['names', part, language], say)}
                  value={names[part][language]}
                  onChange={(text) =>
                    draft.change({ names: { ...names, [part]: { ...names[part], [language]: text } } })
                  }
                  error={errorAt(`names.${part}.${language}`)}
                />
              ))}
            </FormLayout>
            <Text as="p" tone="subdued">
              {tell({ language }, 'sentence.names', {
                program: names.program[language],
                point: names.point[language],
                points: names.points[language],
              })}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </Section>
  );
};
