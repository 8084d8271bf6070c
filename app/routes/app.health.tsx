import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { Badge, Banner, BlockStack, Button, Card, InlineStack, List, Page, Text } from '@shopify/polaris';
import { useWriting } from '~/components/language';
import { RunList } from '~/components/RunList';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/merchant.server';
import { askForReconciliation } from '~/usecases/reconcileStore';
import { uuidv7 } from '~/uuid.server';
import { healthPage } from '~/views/healthPage';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, queue } = await requireMerchant(request);
  const { violations, runs } = await healthPage(database, store, instant(Date.now()));
  const failed = (await queue.deadLetters()).map(({ queue: name, reason }) => ({ name, reason }));
  return { violations, runs, failed };
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps } = await requireMerchant(request);
  await askForReconciliation(deps, store, uuidv7(), instant(Date.now()));
  return json({ asked: true });
};

const Health = () => {
  const { violations, runs, failed } = useLoaderData<typeof loader>();
  const { t } = useWriting();
  const busy = useNavigation().state !== 'idle';
  return (
    <Page title={t('health.title')} subtitle={t('health.subtitle')}>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <InlineStack align="space-between" blockAlign="center">
              <Text as="h2" variant="headingMd">
                {t('health.ledger')}
              </Text>
              <Badge tone={violations.length === 0 ? 'success' : 'critical'}>{t(violations.length === 0 ? 'health.adds_up' : 'health.broken')}</Badge>
            </InlineStack>
            <Text as="p" tone="subdued">
              {t('health.ledger_help')}
            </Text>
            {violations.map((violation) => (
              <Banner key={`${violation.rule}${violation.found}`} tone="critical" title={t(`health.rule_${violation.rule}`)}>
                <p>{violation.found}</p>
                <List>
                  {violation.entries.map((key) => (
                    <List.Item key={key}>{key}</List.Item>
                  ))}
                </List>
              </Banner>
            ))}
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="300">
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Text as="h2" variant="headingMd">
                {t('health.orders')}
              </Text>
              <Form method="post">
                <Button submit loading={busy}>
                  {t('health.check_now')}
                </Button>
              </Form>
            </InlineStack>
            <Text as="p" tone="subdued">
              {t('health.orders_help')}
            </Text>
            <RunList runs={runs} />
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {t('health.failed')}
            </Text>
            {failed.length === 0 ? (
              <Text as="p" tone="subdued">
                {t('home.attention_none')}
              </Text>
            ) : (
              <List>
                {failed.map(({ name, reason }, index) => (
                  <List.Item key={`${name}${index}`}>
                    {name}: {reason}
                  </List.Item>
                ))}
              </List>
            )}
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
};

export default Health;
