import { Banner, Link, List } from '@shopify/polaris';
import type { LowPool } from '~/features/codePools/views/poolPage';
import { useWriting } from '~/ui/language';

/** Rewards of which few codes are left; nothing when there are enough. */
export const LowPools = ({ pools }: { readonly pools: readonly LowPool[] }) => {
  const { t, language } = useWriting();
  if (pools.length === 0) return null;
  return (
    <Banner tone="warning" title={t('codes.low_title')}>
      <List>
        {pools.map(({ poolId, name, free }, index) => (
          <List.Item key={index}>
            {t('codes.low', { name: name[language], count: free })}{' '}
            <Link url={`/app/codes/${poolId}`}>{t('codes.upload')}</Link>
          </List.Item>
        ))}
      </List>
    </Banner>
  );
};
