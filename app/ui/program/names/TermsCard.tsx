import { termsMax } from '~/core/program/look';
import { useWriting } from '../../language';
import { LanguageTexts } from '../LanguageTexts';
import { useProgram } from '../programContext';
import { Section } from '../Section';

/** What members agree to, in every language. */
export const TermsCard = () => {
  const { t } = useWriting();
  const { draft, errorAt } = useProgram();
  return (
    <Section title={t('look.terms')}>
      <LanguageTexts
        help={t('look.terms_help')}
        label={(one) => t('field.terms.language', { language: t(`language.${one}`) })}
        value={draft.document.terms}
        change={(terms) => draft.change({ terms })}
        errorAt={(one) => errorAt(`terms.${one}`)}
        longest={termsMax}
        lines={6}
        canFill={false}
      />
    </Section>
  );
};
