import { Badge, BlockStack, Box, InlineStack, List, Text } from '@shopify/polaris';
import type { HealthPage } from '~/features/health/views/healthPage';
import { useWriting } from '~/ui/language';
import { useLookAgain } from '~/ui/useLookAgain';

type Props = { readonly runs: HealthPage['runs'] };

const findingsShown = 10;
const tones = { running: 'info', done: 'success', failed: 'critical' } as const;

/** The last comparisons of the shop's orders with ours, and what they found. */
export const RunList = ({ runs }: Props) => {
  const { t, dateTime, points } = useWriting();
  useLookAgain(runs.some(({ state }) => state === 'running'));
  if (runs.length === 0) {
    return (
      <Text as="p" tone="subdued">
        {t('health.no_runs')}
      </Text>
    );
  }
  return (
    <BlockStack as="ul" gap="0">
      {runs.map((run, index) => (
        <Box
          as="li"
          key={run.id}
          paddingBlock="200"
          borderColor="border"
          {...(index === 0 ? {} : { borderBlockStartWidth: '025' as const })}
        >
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <InlineStack gap="200" blockAlign="center">
              <Badge tone={tones[run.state]}>{t(`health.run_${run.state}`)}</Badge>
              <Text as="span" tone="subdued" variant="bodySm">
                {dateTime(run.startedAt)}
              </Text>
            </InlineStack>
            <Text as="span" variant="bodySm">
              {run.state === 'failed'
                ? t('health.run_answer', { reason: run.failure ?? '' })
                : t('health.run_found', {
                    count: run.seen,
                    missing: run.missing,
                    stale: run.stale,
                    drift: points(run.drift),
                  })}
              {run.labels === 0 ? '' : ` · ${t('health.run_labels', { count: run.labels })}`}
              {run.marks === 0 ? '' : ` · ${t('health.run_marks', { count: run.marks })}`}
            </Text>
          </InlineStack>
          {run.findings.length === 0 ? null : (
            <Box paddingBlockStart="100">
              <List>
                {run.findings.slice(0, findingsShown).map((drift) => (
                  <List.Item key={drift.order}>
                    {t(`health.drift_${drift.cause}`, {
                      order: drift.order,
                      before: points(drift.before),
                      after: points(drift.after),
                    })}
                  </List.Item>
                ))}
              </List>
            </Box>
          )}
        </Box>
      ))}
    </BlockStack>
  );
};
