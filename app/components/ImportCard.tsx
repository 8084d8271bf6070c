import { Form, useNavigation, useRevalidator } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import type { ImportState } from '~/views/importState';
import { useWriting } from './language';
import { useHydrated } from './useHydrated';

type Props = { readonly backfill: ImportState | null; readonly refusal: string | null };

const lookAgainMs = 2000;

/** The import of past orders: offered, on its way with its progress, or done. */
export const ImportCard = ({ backfill, refusal }: Props) => {
  const { t } = useWriting();
  const { revalidate } = useRevalidator();
  const busy = useNavigation().state === 'submitting';
  const hydrated = useHydrated();
  const running = backfill !== null && backfill.state !== 'done' && backfill.state !== 'failed';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(revalidate, lookAgainMs);
    return () => clearInterval(timer);
  }, [running, revalidate]);
  if (backfill?.state === 'done') return <Banner tone="success">{t('import.done', { read: backfill.ordersRead })}</Banner>;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('import.title')}
        </Text>
        {backfill?.state === 'failed' ? <Banner tone="warning">{t('import.failed', { reason: backfill.failure ?? '' })}</Banner> : null}
        {refusal === null ? null : <Banner tone="warning">{refusal}</Banner>}
        {running ? (
          <Progress backfill={backfill} />
        ) : (
          <Form method="post">
            <input type="hidden" name="intent" value="import" />
            <BlockStack gap="300" inlineAlign="start">
              <Text as="p">{t('import.ask')}</Text>
              <Text as="p" tone="subdued" variant="bodySm">
                {t('start.past_help')}
              </Text>
              <Button submit loading={busy} disabled={!hydrated}>
                {t('import.start')}
              </Button>
            </BlockStack>
          </Form>
        )}
      </BlockStack>
    </Card>
  );
};

const Progress = ({ backfill }: { readonly backfill: NonNullable<Props['backfill']> }) => {
  const { t } = useWriting();
  const importing = backfill.state === 'importing';
  const label = importing
    ? t('import.running', { read: backfill.ordersRead, found: backfill.ordersFound })
    : t('import.preparing', { count: backfill.ordersFound });
  const percent = importing ? Math.min(100, (100 * backfill.ordersRead) / Math.max(1, backfill.ordersFound)) : 2;
  return (
    <BlockStack gap="200">
      <Text as="p">{label}</Text>
      <ProgressBar progress={percent} size="small" />
    </BlockStack>
  );
};
