import { BlockStack, Card, Text } from '@shopify/polaris';
import type { RecentActivity } from '~/views/recentActivity';
import { EntryList } from './EntryList';
import { useWriting } from './language';

/** What happened last, and to whom. */
export const RecentCard = ({ entries, names }: RecentActivity) => {
  const { t } = useWriting();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('home.recent')}
        </Text>
        {entries.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('home.recent_empty')}
          </Text>
        ) : (
          <EntryList entries={entries} details={false} members={names} />
        )}
      </BlockStack>
    </Card>
  );
};
