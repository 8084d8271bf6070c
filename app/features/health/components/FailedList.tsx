import { Form, useNavigation } from '@remix-run/react';
import { BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { isMessage } from '~/i18n/catalog';
import type { HealthPage } from '~/features/health/views/healthPage';
import { useWriting } from '~/ui/language';

type Failed = { readonly id: string; readonly name: string; readonly reason: string };
type Row = Failed & { readonly intent: string; readonly canTry: boolean; readonly note: string | null };
type Props = { readonly failed: readonly Failed[]; readonly unread: HealthPage['unread'] };

/**
 * Operations that could not be done and messages that could not be read, each with its reason; any can be tried again.
 */
export const FailedList = ({ failed, unread }: Props) => {
  const { t, language } = useWriting();
  const nameOf = useJobName();
  const megabytes = (bytes: number): string =>
    (bytes / 1024 / 1024).toLocaleString(language, { maximumFractionDigits: 1 });
  const rows: readonly Row[] = [
    ...failed.map((one) => ({ ...one, name: nameOf(one.name), intent: 'again', canTry: true, note: null })),
    ...unread.map(({ id, topic, reason, bytes, canTry }) => ({
      id,
      name: t('health.failed_message', { topic }),
      reason,
      intent: 'read',
      canTry,
      note: canTry ? null : t('health.without_body', { size: megabytes(bytes) }),
    })),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('health.failed')}
        </Text>
        {unread.length === 0 ? null : (
          <Text as="p" tone="subdued">
            {t('health.kept_limits')}
          </Text>
        )}
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('home.attention_none')}
          </Text>
        ) : (
          <BlockStack as="ul" gap="0">
            {rows.map((row, index) => (
              <FailedRow key={row.id} row={row} isFirst={index === 0} />
            ))}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
};

/** What a job is called, by its queue; one of an earlier version may have no name any more. */
const useJobName = (): ((queue: string) => string) => {
  const { t } = useWriting();
  return (queue) => {
    const name = `job.${queue.replaceAll('-', '_')}`;
    return isMessage(name) ? t(name) : queue;
  };
};

const FailedRow = ({ row, isFirst }: { readonly row: Row; readonly isFirst: boolean }) => {
  const { t } = useWriting();
  const busy = useNavigation().state !== 'idle';
  const { id, name, reason, intent, canTry, note } = row;
  return (
    <Box
      as="li"
      paddingBlock="200"
      borderColor="border"
      {...(isFirst ? {} : { borderBlockStartWidth: '025' as const })}
    >
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack gap="050">
          <Text as="span" fontWeight="medium">
            {name}
          </Text>
          <Text as="span" tone="subdued" variant="bodySm" breakWord>
            {t('health.failed_detail', { reason })}
          </Text>
          {note === null ? null : (
            <Text as="span" tone="subdued" variant="bodySm" breakWord>
              {note}
            </Text>
          )}
        </BlockStack>
        {canTry ? (
          <Form method="post">
            <input type="hidden" name="intent" value={intent} />
            <input type="hidden" name="id" value={id} />
            <Button submit loading={busy}>
              {t('health.try_again')}
            </Button>
          </Form>
        ) : null}
      </InlineStack>
    </Box>
  );
};
