import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useRevalidator } from '@remix-run/react';
import type { PrivacyView } from '~/views/privacyRequests';
import { useWriting } from './language';
import { saveFile } from './saveFile';

type Props = { readonly requests: readonly PrivacyView[] };

const tones = { open: 'attention', late: 'critical', ready: 'attention', done: 'success' } as const;

/** What customers asked for in the name of the law: until when it is due, what became of it, and the proof. */
export const PrivacyRequests = ({ requests }: Props) => {
  const { t } = useWriting();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('health.privacy')}
        </Text>
        <Text as="p" tone="subdued">
          {t('health.privacy_help')}
        </Text>
        {requests.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('health.privacy_none')}
          </Text>
        ) : (
          <BlockStack as="ul" gap="0">
            {requests.map((request, index) => (
              <Box
                as="li"
                key={request.id}
                paddingBlock="200"
                borderColor="border"
                {...(index === 0 ? {} : { borderBlockStartWidth: '025' as const })}
              >
                <Request request={request} />
              </Box>
            ))}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
};

const Request = ({ request }: { readonly request: PrivacyView }) => {
  const { t, date } = useWriting();
  const { kind, state, problem, receivedAt, dueAt, doneAt, proof } = request;
  const count = Object.values(proof).reduce((sum, one) => sum + one, 0);
  const result = t(kind === 'data_request' ? 'health.privacy_found' : 'health.privacy_erased', { count });
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Badge tone={tones[state]}>{t(`health.privacy_${state}`)}</Badge>
          <Text as="span" fontWeight="medium">
            {t(`health.privacy_${kind}`)}
          </Text>
        </InlineStack>
        {request.hasFile ? <FileButton id={request.id} /> : null}
      </InlineStack>
      <Text as="span" tone="subdued" variant="bodySm">
        {doneAt === null
          ? t('health.privacy_waits', { received: date(receivedAt), due: date(dueAt) })
          : t('health.privacy_was_done', { received: date(receivedAt), done: date(doneAt) })}
      </Text>
      {request.hasFile ? (
        <Text as="span" tone="subdued" variant="bodySm">
          {t('health.privacy_file_until', { until: date(dueAt) })}
        </Text>
      ) : null}
      {problem === null ? null : (
        <Text as="span" tone="critical" variant="bodySm">
          {t(`health.privacy_problem_${problem}`)}
        </Text>
      )}
      {doneAt === null ? null : (
        <Text as="span" tone="subdued" variant="bodySm" breakWord>
          {count === 0 ? t('health.privacy_nothing') : result}
        </Text>
      )}
    </BlockStack>
  );
};

const FileButton = ({ id }: { readonly id: string }) => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState(false);
  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    try {
      await saveFile(`/app/privacy/${id}`, 'customer-data.json');
      revalidate();
    } catch {
      shopify.toast.show(t('export.failed'), { isError: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void fetchIt()}>
      {t('health.privacy_fetch')}
    </Button>
  );
};
