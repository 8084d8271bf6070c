import { Link, Text } from '@shopify/polaris';
import type { MemberPage } from '~/views/memberPage';
import { EntryList } from './EntryList';
import { useWriting } from './language';
import { Section } from './MemberCards';

type Props = Pick<MemberPage, 'entries' | 'nextEntry'> & { readonly olderAt: string };

/** Everything that happened to a balance, page by page, each with its reason. `olderAt`: where the next page is. */
export const HistoryCard = ({ entries, nextEntry, olderAt }: Props) => {
  const { t } = useWriting();
  return (
    <Section title={t('member.history')}>
      {entries.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('member.history_empty')}
        </Text>
      ) : (
        <EntryList entries={entries} details />
      )}
      {nextEntry === null ? null : <Link url={olderAt}>{t('member.older')}</Link>}
    </Section>
  );
};
