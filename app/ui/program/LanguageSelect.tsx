import { Select } from '@shopify/polaris';
import { languages, ownFirst, type Language } from '~/i18n/catalog';
import { begun } from '~/i18n/sentences/say';
import { useWriting } from '../language';

type Props = { readonly value: Language; readonly onChange: (language: Language) => void };

/** In which language a merchant looks at what members read. */
export const LanguageSelect = ({ value, onChange }: Props) => {
  const { t, ...say } = useWriting();
  return (
    <Select
      label={t('language.label')}
      labelHidden
      value={value}
      options={ownFirst(say.language).map((one) => ({ value: one, label: begun(say, t(`language.${one}`)) }))}
      onChange={(chosen) => onChange(languages.find((one) => one === chosen) ?? value)}
    />
  );
};
