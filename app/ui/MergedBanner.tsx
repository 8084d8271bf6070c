import { Banner } from '@shopify/polaris';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';

/** That a profile was merged into another one, and the way there; nothing of one that was not. */
export const MergedBanner = ({ into }: { readonly into: MemberPage['mergedInto'] }) => {
  const { t } = useWriting();
  if (into === null) return null;
  return (
    <Banner tone="info" action={{ content: t('member.merged_open'), url: `/app/members/${into}` }}>
      <p>{t('member.merged')}</p>
    </Banner>
  );
};
