import { BlockStack, Card, FormLayout, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import { languages } from '~/i18n/catalog';
import { WordsField } from './fields';
import { useWriting } from './language';

type Names = ProgramDocument['names'];
type Props = {
  readonly names: Names;
  readonly change: (names: Names) => void;
  readonly errorAt: (field: string) => string | undefined;
};

const parts = ['program', 'point', 'points'] as const;

/** The merchant's words, language by language. */
export const NamesSection = ({ names, change, errorAt }: Props) => {
  const { t, language } = useWriting();
  const [shown, setShown] = useState(language);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('program.names')}
        </Text>
        <Select
          label={t('language.label')}
          value={shown}
          options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(chosen) => setShown(languages.find((one) => one === chosen) ?? language)}
        />
        <FormLayout>
          {parts.map((part) => (
            <WordsField
              key={part}
              label={t(`program.names_${part}`)}
              value={names[part][shown]}
              onChange={(text) => change({ ...names, [part]: { ...names[part], [shown]: text } })}
              error={errorAt(`${part}.${shown}`)}
            />
          ))}
        </FormLayout>
      </BlockStack>
    </Card>
  );
};
