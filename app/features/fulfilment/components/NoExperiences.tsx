import { Box, EmptyState } from '@shopify/polaris';
import { useWriting } from '~/ui/language';

type Props = { readonly view: 'to_do' | 'ended' };

/** That nothing is to be done, and how something comes to be; or that nothing has ended yet. */
export const NoExperiences = ({ view }: Props) => {
  const { t } = useWriting();
  return (
    <Box paddingInline="400">
      {view === 'to_do' ? (
        <EmptyState
          heading={t('fulfilment.empty')}
          image=""
          action={{ content: t('program.add_reward'), url: '/app/program/rewards' }}
        >
          <p>{t('fulfilment.empty_help')}</p>
        </EmptyState>
      ) : (
        <EmptyState heading={t('fulfilment.ended_empty')} image="" />
      )}
    </Box>
  );
};
