import { Banner, Link } from '@shopify/polaris';
import { useWriting } from '~/ui/language';

type Props = { readonly due: { readonly open: number; readonly overdue: number } };

/** How much waits for staff; nothing when nothing does. */
export const ToDoBanner = ({ due: { open, overdue } }: Props) => {
  const { t } = useWriting();
  if (open === 0) return null;
  return (
    <Banner tone={overdue === 0 ? 'info' : 'warning'}>
      {t('fulfilment.waiting', { count: open })}
      {overdue === 0 ? ' ' : ` ${t('fulfilment.waiting_overdue', { count: overdue })} `}
      <Link url="/app/fulfilment">{t('fulfilment.open_list')}</Link>
    </Banner>
  );
};
