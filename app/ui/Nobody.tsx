import { Box, EmptyState, Text } from '@shopify/polaris';
import { useWriting } from './language';

type Props = { readonly search: string; readonly isFiltered: boolean };

/** A list of members with nobody in it: because nothing was found, or because nobody has bought yet. */
export const Nobody = ({ search, isFiltered }: Props) => {
  const { t } = useWriting();
  return search === '' && !isFiltered ? (
    <Box paddingInline="400">
      <EmptyState
        heading={t('members.empty')}
        image=""
        action={{ content: t('imports.title'), url: '/app/members/import' }}
      >
        <p>{t('members.empty_help')}</p>
      </EmptyState>
    </Box>
  ) : (
    <Box padding="600">
      <Text as="p" alignment="center" tone="subdued">
        {isFiltered ? t('members.none_filtered') : t('members.none_found', { search })}
      </Text>
    </Box>
  );
};
