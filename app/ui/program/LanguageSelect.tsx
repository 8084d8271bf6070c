import { Select } from '@shopify/polaris';
import { languages, type Language } from '~/i18n/catalog';
import { useWriting } from '../language';

type Props = { readonly value: Language; readonly onChange: (language: Language) => void };

/** In which language a merchant looks at what members read. */
export const LanguageSelect = ({ value, onChange }: Props) => {
  const { t } = useWriting();
  return (
    <Select
      label={t('language.label')}
      labelHidden
      value={value}
      options={languages.map((one) => ({ value: one, label: t(`language.${one}`) }))}
      onChange={(chosen) => onChange(languages.find((one) => one === chosen) ?? value)}
    />
  );
};
