import { Banner, List } from '@shopify/polaris';
import type { HealthPage } from '~/features/health/views/healthPage';
import { useWriting } from '~/ui/language';

type Props = { readonly unrated: HealthPage['unrated'] };

/** Orders that earned nothing because the program says nothing about their currency. */
export const UnratedOrders = ({ unrated }: Props) => {
  const { t } = useWriting();
  if (unrated.length === 0) return null;
  return (
    <Banner
      tone="warning"
      title={t('health.unrated')}
      action={{ content: t('health.unrated_action'), url: '/app/program' }}
    >
      <p>{t('health.unrated_help')}</p>
      <List>
        {unrated.map(({ currency, orders }) => (
          <List.Item key={currency}>{t('health.unrated_orders', { currency, count: orders })}</List.Item>
        ))}
      </List>
    </Banner>
  );
};
