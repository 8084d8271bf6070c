import { Banner } from '@shopify/polaris';
import { useWriting } from './language';

/** Store credit that waits because members' accounts are full; nothing when none does. */
export const LimitedBanner = ({ members }: { readonly members: number }) => {
  const { t } = useWriting();
  return members === 0 ? null : <Banner tone="warning">{t('giving.limited', { count: members })}</Banner>;
};
