import { Box, EmptyState, Text } from '@shopify/polaris';
import { useWriting } from './language';

/** A list of members with nobody in it: because nothing was found, or because nobody has bought yet. */
export const Nobody = ({ search }: { readonly search: string }) => {
  const { t } = useWriting();
  return search === '' ? (
    <EmptyState heading={t('members.empty')} image="">
      <p>{t('members.empty_help')}</p>
    </EmptyState>
  ) : (
    <Box padding="600">
      <Text as="p" alignment="center" tone="subdued">
        {t('members.none_found', { search })}
      </Text>
    </Box>
  );
};
