import { BlockStack, Card, Link, List, Text } from '@shopify/polaris';
import type { HealthPage } from '~/features/health/views/healthPage';
import { useWriting } from '~/ui/language';

type Props = { readonly findings: HealthPage['findings'] };

/**
 * Orders that would earn by other circumstances today, because something about earlier ones became known too late to
 * count.
 */
export const ContextFindings = ({ findings }: Props) => {
  const { t, date } = useWriting();
  if (findings.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('health.final')}
        </Text>
        <Text as="p" tone="subdued">
          {t('health.final_help')}
        </Text>
        <List>
          {findings.map((finding) => (
            <List.Item key={finding.orderId}>
              {finding.memberId === null ? (
                finding.name
              ) : (
                <Link url={`/app/members/${finding.memberId}`}>{finding.name}</Link>
              )}
              {` · ${date(finding.instant)} · ${differences(finding)}`}
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Card>
  );
};

type Finding = Props['findings'][number];

// The parts of the context that differ, as they were and as they would be: for support, in the words of the document.
const differences = ({ was, wouldBe }: Finding): string =>
  (['programVersion', 'tier', 'orderNumber', 'used'] as const)
    .filter((part) => JSON.stringify(was[part]) !== JSON.stringify(wouldBe[part]))
    .map((part) => `${part}: ${JSON.stringify(was[part] ?? null)} → ${JSON.stringify(wouldBe[part] ?? null)}`)
    .join(', ');
