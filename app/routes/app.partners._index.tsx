import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { documentId } from '~/core/values/fields';
import { instant } from '~/core/values/instant';
import { PartnerForm } from '~/features/partners/components/PartnerForm';
import { PartnerList } from '~/features/partners/components/PartnerList';
import { setUpPartner } from '~/features/partners/usecases/setUpPartner';
import { partnersPage } from '~/features/partners/views/partnerPages';
import { partnerRefusalText } from '~/features/partners/views/partnerWords';
import { readJsonBody, statusOfBody } from '~/http/body';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { useWriting } from '~/ui/language';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('partners.title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, deps } = await requireMerchant(request);
  return { partners: await partnersPage(deps, store) };
};

const bodySchema = z.object({
  id: documentId,
  name: z.string().max(1000),
  kind: z.enum(['file', 'http']),
  address: z.string().max(5000),
  secret: z.string().max(5000),
});
const limits = { maxBytes: 20_000, waitMs: 10_000 };

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, language } = await requireMerchant(request);
  const sent = await readJsonBody(request, limits);
  if (!sent.ok) return json({ refusal: bodyRefusalText(language, sent.error) }, statusOfBody[sent.error.kind]);
  const body = bodySchema.safeParse(sent.value);
  if (!body.success) return json({ refusal: bodyRefusalText(language, { kind: 'unreadable' }) }, 422);
  const done = await setUpPartner(deps, store.programId, body.data, instant(Date.now()));
  if (!done.ok) return json({ refusal: partnerRefusalText(language, done.error) }, 422);
  return redirect(`/app/partners/${body.data.id}${new URL(request.url).search}`);
};

// The same wish until it is answered: sent again, it is one partner.
const newPartnerId = (): string => `partner-${crypto.randomUUID().slice(0, 8)}`;

const Partners = () => {
  const { partners } = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const { t } = useWriting();
  const submit = useSubmit();
  const isBusy = useNavigation().state !== 'idle';
  const [id] = useState(newPartnerId);
  return (
    <Page
      title={t('partners.title')}
      subtitle={t('partners.help')}
      backAction={{ content: t('program.rewards'), url: '/app/program/rewards' }}
    >
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        <PartnerList partners={partners} />
        <PartnerForm
          partner={null}
          isBusy={isBusy}
          refusal={answer?.refusal ?? null}
          send={(written) => submit({ ...written, id }, { method: 'post', encType: 'application/json' })}
        />
      </BlockStack>
    </Page>
  );
};

export default Partners;
