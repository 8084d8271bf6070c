import { Form, useNavigation } from '@remix-run/react';
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, List, Text } from '@shopify/polaris';
import type { HealthPage } from '~/features/health/views/healthPage';
import { useWriting } from '~/ui/language';
import { useLookAgain } from '~/ui/useLookAgain';

type Props = Pick<HealthPage, 'audit' | 'isAuditing'>;

/** The last check of the whole ledger: whether all adds up, and else which member and entries do not. */
export const LedgerCheck = ({ audit, isAuditing }: Props) => {
  const { t, dateTime } = useWriting();
  const busy = useNavigation().formData?.get('intent') === 'audit';
  useLookAgain(isAuditing);
  const isSound = audit?.violations.length === 0;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t('health.ledger')}
            </Text>
            {/* Of nothing there is nothing to say. */}
            {audit === null || (isSound && audit.entries === 0) ? null : (
              <Badge tone={isSound ? 'success' : 'critical'}>{t(isSound ? 'health.adds_up' : 'health.broken')}</Badge>
            )}
          </InlineStack>
          <Form method="post">
            <input type="hidden" name="intent" value="audit" />
            <Button
              submit
              loading={busy || isAuditing}
              accessibilityLabel={`${t('health.check_now')}: ${t('health.ledger')}`}
            >
              {t('health.check_now')}
            </Button>
          </Form>
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('health.ledger_help')}
        </Text>
        <Text as="p" tone="subdued">
          {audit?.finishedAt == null
            ? t('health.ledger_never')
            : t('health.ledger_checked', { at: dateTime(audit.finishedAt), count: audit.entries })}
        </Text>
        {audit?.violations.map(({ rule, found, entries, memberId }) => (
          <Banner key={`${rule}${found}`} tone="critical" title={t(`health.rule_${rule}`)}>
            <p>{found}</p>
            {memberId === null ? null : <Link url={`/app/members/${memberId}`}>{t('health.open_member')}</Link>}
            <List>
              {entries.map((key) => (
                <List.Item key={key}>{key}</List.Item>
              ))}
            </List>
          </Banner>
        ))}
      </BlockStack>
    </Card>
  );
};
