import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { z } from 'zod';
import { readForm, statusOfBody } from '~/http/body';
import { ContextFindings } from '~/features/health/components/ContextFindings';
import { FailedList } from '~/features/health/components/FailedList';
import { HeldUpFollowers } from '~/features/health/components/HeldUpFollowers';
import { useWriting } from '~/ui/language';
import { LedgerCheck } from '~/features/health/components/LedgerCheck';
import { PrivacyRequests } from '~/ui/PrivacyRequests';
import { RunList } from '~/features/health/components/RunList';
import { UnratedOrders } from '~/features/health/components/UnratedOrders';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/http/shopify/merchant';
import { askForAudit } from '~/features/health/usecases/auditProgram';
import { askForReconciliation } from '~/usecases/reconcileStore';
import { readAgain } from '~/http/readAgain';
import { uuidv7 } from '~/process/uuid';
import { healthPage } from '~/features/health/views/healthPage';

const formSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('check') }),
  z.object({ intent: z.literal('audit') }),
  z.object({ intent: z.literal('again'), id: z.uuid() }),
  z.object({ intent: z.literal('read'), id: z.uuid() }),
]);

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('health.title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, queue } = await requireMerchant(request);
  const failed = (await queue.deadLetters(store.programId)).map(({ id, queue: name, reason }) => ({
    id,
    name,
    reason,
  }));
  return { ...(await healthPage(database, store, instant(Date.now()))), failed };
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, queue } = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok) return json({ asked: false }, statusOfBody[sent.error.kind]);
  const form = formSchema.safeParse(sent.value);
  if (!form.success) return json({ asked: false }, 422);
  if (form.data.intent === 'check') await askForReconciliation(deps, store, uuidv7(), instant(Date.now()));
  else if (form.data.intent === 'audit') await askForAudit(deps, store.programId, uuidv7(), instant(Date.now()));
  else if (form.data.intent === 'again') await queue.tryAgain(store.programId, form.data.id);
  else await readAgain(store, form.data.id);
  return json({ asked: true });
};

const Health = () => {
  const { audit, isAuditing, runs, findings, failed, unread, unrated, privacy, followers } =
    useLoaderData<typeof loader>();
  const { t } = useWriting();
  const { unsent } = useAnswer<typeof action>();
  const busy = useNavigation().formData?.get('intent') === 'check';
  const isComparing = runs.some(({ state }) => state === 'running');
  return (
    <Page
      title={t('health.title')}
      subtitle={t('health.subtitle')}
      backAction={{ content: t('nav.settings'), url: '/app/settings' }}
    >
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        <UnratedOrders unrated={unrated} />
        <HeldUpFollowers followers={followers} />
        <PrivacyRequests requests={privacy} />
        <LedgerCheck audit={audit} isAuditing={isAuditing} />
        <Card>
          <BlockStack gap="300">
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Text as="h2" variant="headingMd">
                {t('health.orders')}
              </Text>
              <Form method="post">
                <input type="hidden" name="intent" value="check" />
                <Button
                  submit
                  loading={busy || isComparing}
                  accessibilityLabel={`${t('health.check_now')}: ${t('health.orders')}`}
                >
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
        <ContextFindings findings={findings} />
        <FailedList failed={failed} unread={unread} />
      </BlockStack>
    </Page>
  );
};

export default Health;
