import { Banner } from '@shopify/polaris';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { useWriting } from '../language';

/**
 * Which tiers a file, or what is brought back, does not have, and the draft keeps, because staff gave them; of a draft
 * that is published, the program keeps them.
 */
export const KeptTiers = ({ answer }: { readonly answer: ProgramAnswer | undefined }) => {
  const { t, language } = useWriting();
  if (answer === undefined || answer.kept.length === 0) return null;
  const key = answer.intent === 'publish' ? 'program.kept_published' : 'program.kept_tier';
  return (
    <Banner tone="warning" action={{ content: t('program.tab_tiers'), url: '/app/program/tiers' }}>
      {answer.kept.map(({ name, members }) => (
        <p key={name[language]}>{t(key, { name: name[language], count: members })}</p>
      ))}
    </Banner>
  );
};
