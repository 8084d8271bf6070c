import { Banner } from '@shopify/polaris';
import { useNavigation } from '@remix-run/react';
import type { Unanswered } from './sending';
import { useWriting } from './language';

/** Says that a write got no answer, and what that means; one press sends the same again. */
export const UnsentBanner = ({ unsent }: { readonly unsent: Unanswered | null }) => {
  const { t } = useWriting();
  const busy = useNavigation().state !== 'idle';
  if (unsent === null) return null;
  return (
    <Banner
      tone={unsent.why === 'unanswered' ? 'warning' : 'critical'}
      title={t(`unsent.${unsent.why}`)}
      action={{ content: t('common.try_again'), onAction: unsent.again, loading: busy }}
    >
      <p>{t(`unsent.${unsent.why}_help`)}</p>
    </Banner>
  );
};
