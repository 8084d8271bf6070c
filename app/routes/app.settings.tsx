import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { z } from 'zod';
import { readForm, statusOfBody } from '~/http/body';
import { ApiKeys } from '~/features/apiKeys/components/ApiKeys';
import { HealthLink } from '~/features/health/components/HealthLink';
import { useWriting } from '~/ui/language';
import { useAnswer } from '~/ui/sending';
import { StorefrontParts } from '~/ui/start/StorefrontParts';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';
import { instant } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { issueApiKey } from '~/features/apiKeys/usecases/issueApiKey';
import { revokeApiKey } from '~/features/apiKeys/usecases/revokeApiKey';
import { uuidv7 } from '~/process/uuid';
import { settingsPage } from '~/features/apiKeys/views/settingsPage';

const formSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('issue'), wish: z.uuid().default(() => uuidv7()), name: z.string().max(200) }),
  z.object({ intent: z.literal('revoke'), id: z.uuid() }),
]);

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('nav.settings');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  return settingsPage(database, store.programId);
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, language, staffId } = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok)
    return json({ issued: null, refusal: bodyRefusalText(language, sent.error) }, statusOfBody[sent.error.kind]);
  const form = formSchema.safeParse(sent.value);
  if (!form.success) return json({ issued: null, refusal: translate(language, 'common.error') }, 422);
  if (form.data.intent === 'revoke') {
    await revokeApiKey(deps, store.programId, form.data.id, instant(Date.now()));
    return json({ issued: null, refusal: null });
  }
  const issued = await issueApiKey(
    deps,
    store.programId,
    { id: form.data.wish, name: form.data.name },
    `staff:${staffId}`,
    instant(Date.now()),
  );
  return issued.ok
    ? json({ issued: issued.value.key, refusal: null })
    : json({ issued: null, refusal: translate(language, `settings.${issued.error.kind}`) }, 422);
};

const Settings = () => {
  const { keys } = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const { t } = useWriting();
  return (
    <Page title={t('nav.settings')}>
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        <Card>
          <BlockStack gap="400">
            <Text as="h2" variant="headingMd">
              {t('parts.title')}
            </Text>
            <StorefrontParts />
          </BlockStack>
        </Card>
        <HealthLink />
        <ApiKeys keys={keys} issued={answer?.issued ?? null} refusal={answer?.refusal ?? null} />
      </BlockStack>
    </Page>
  );
};

export default Settings;
