import type { PartnerAnswer } from '~/features/partners/views/partnerPages';
import { useWriting } from '~/ui/language';
import { TextFileCard } from '~/ui/TextFileCard';

type Props = {
  readonly isBusy: boolean;
  readonly answer: PartnerAnswer | null;
  readonly send: (body: { readonly intent: 'catalogue' | 'codes'; readonly text: string }) => void;
};

const catalogueMaxBytes = 3 * 1024 * 1024;
// 100,000 codes of 255 characters with an item and a day each.
const codesMaxBytes = 27 * 1024 * 1024;

/** Takes the catalogue of a partner and its codes, as files. */
export const FileCards = ({ isBusy, answer, send }: Props) => {
  const { t } = useWriting();
  const problems = (intent: PartnerAnswer['intent']) => (answer?.intent === intent ? answer.problems : []);
  const count = (intent: PartnerAnswer['intent']) => (answer?.intent === intent ? answer.count : null);
  const [items, added] = [count('catalogue'), count('codes')];
  return (
    <>
      <TextFileCard
        title={t('partners.catalogue_upload')}
        hint={t('partners.catalogue_hint')}
        form={t('partners.catalogue_form')}
        example={t('partners.catalogue_example', { code: '{code}' })}
        isBusy={isBusy}
        maxBytes={catalogueMaxBytes}
        tooLarge={t('common.too_large')}
        problems={problems('catalogue')}
        refused={t('partners.catalogue_refused')}
        taken={items === null ? null : t('partners.catalogue_taken', { count: items })}
        send={(text) => send({ intent: 'catalogue', text })}
      />
      <TextFileCard
        title={t('codes.upload')}
        hint={t('codes.hint')}
        form={t('partners.codes_form')}
        example={t('partners.codes_example')}
        isBusy={isBusy}
        maxBytes={codesMaxBytes}
        tooLarge={t('codes.too_large')}
        problems={problems('codes')}
        refused={t('codes.nothing_added')}
        taken={added === null ? null : t('codes.added', { count: added })}
        send={(text) => send({ intent: 'codes', text })}
      />
    </>
  );
};
