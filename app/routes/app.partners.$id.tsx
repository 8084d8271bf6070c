import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { documentId } from '~/core/values/fields';
import { instant } from '~/core/values/instant';
import { CatalogueCard } from '~/features/partners/components/CatalogueCard';
import { FileCards } from '~/features/partners/components/FileCards';
import { PartnerForm } from '~/features/partners/components/PartnerForm';
import { RemoveQuestion } from '~/features/partners/components/RemoveQuestion';
import { removePartner } from '~/features/partners/usecases/removePartner';
import { setUpPartner } from '~/features/partners/usecases/setUpPartner';
import { uploadCatalogue } from '~/features/partners/usecases/uploadCatalogue';
import { uploadItemCodes } from '~/features/partners/usecases/uploadItemCodes';
import { partnerPage, type PartnerAnswer } from '~/features/partners/views/partnerPages';
import { catalogueRefusalTexts, partnerRefusalText } from '~/features/partners/views/partnerWords';
import { readJsonBody, statusOfBody } from '~/http/body';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { uploadRefusalTexts } from '~/i18n/codeFileWords';
import { useWriting } from '~/ui/language';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { useToast } from '~/ui/useToast';
import { UnsentBanner } from '~/ui/UnsentBanner';

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('partners.title');

const partnerIdOf = (name: string | undefined): string => {
  const id = documentId.safeParse(name);
  if (!id.success) throw new Response('There is no such partner.', { status: 404 });
  return id.data;
};

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { store, deps } = await requireMerchant(request);
  const page = await partnerPage(deps, store, partnerIdOf(params.id), instant(Date.now()));
  if (page === null) throw new Response('There is no such partner.', { status: 404 });
  return page;
};

const text = z.string();
const bodySchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('set_up'), name: text, kind: z.enum(['file', 'http']), address: text, secret: text }),
  z.object({ intent: z.literal('catalogue'), text }),
  z.object({ intent: z.literal('codes'), text }),
  z.object({ intent: z.literal('remove') }),
]);
type Body = z.infer<typeof bodySchema>;
const limits = { maxBytes: 30 * 1024 * 1024, waitMs: 60_000 };

export const action = async ({ request, params }: ActionFunctionArgs) => {
  const { store, deps, language } = await requireMerchant(request);
  const partnerId = partnerIdOf(params.id);
  const now = instant(Date.now());
  const answer = (intent: Body['intent'], problems: readonly string[], count = 0) =>
    json({ intent, problems, count } satisfies PartnerAnswer, problems.length === 0 ? 200 : 422);
  const sent = await readJsonBody(request, limits);
  if (!sent.ok) {
    const problems = [bodyRefusalText(language, sent.error)];
    return json({ intent: 'set_up', problems, count: 0 } satisfies PartnerAnswer, statusOfBody[sent.error.kind]);
  }
  const body = bodySchema.safeParse(sent.value);
  if (!body.success) return answer('set_up', [bodyRefusalText(language, { kind: 'unreadable' })]);
  const { data } = body;
  switch (data.intent) {
    case 'set_up': {
      const done = await setUpPartner(deps, store.programId, { ...data, id: partnerId }, now);
      return answer('set_up', done.ok ? [] : [partnerRefusalText(language, done.error)]);
    }
    case 'catalogue': {
      const done = await uploadCatalogue(deps, store, { partnerId, text: data.text });
      return done.ok
        ? answer('catalogue', [], done.value)
        : answer('catalogue', catalogueRefusalTexts(language, done.error));
    }
    case 'codes': {
      const done = await uploadItemCodes(deps, store, { partnerId, text: data.text }, now);
      return done.ok ? answer('codes', [], done.value) : answer('codes', uploadRefusalTexts(language, done.error));
    }
    case 'remove': {
      const done = await removePartner(deps, store.programId, partnerId);
      if (!done.ok) return answer('set_up', [partnerRefusalText(language, done.error)]);
      return redirect(`/app/partners${new URL(request.url).search}`);
    }
  }
};

const OnePartner = () => {
  const page = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const { t } = useWriting();
  const submit = useSubmit();
  const isBusy = useNavigation().state !== 'idle';
  const send = (body: Body): void => submit(body, { method: 'post', encType: 'application/json' });
  const { partner } = page;
  const [asked, setAsked] = useState(false);
  const isSaved = answer?.intent === 'set_up' && answer.problems.length === 0;
  useToast(answer, isSaved ? t('partners.saved') : null);
  return (
    <Page
      title={partner.name}
      subtitle={t('partners.open', { count: partner.orders.open })}
      backAction={{ content: t('partners.title'), url: '/app/partners' }}
      secondaryActions={[{ content: t('partners.remove'), destructive: true, onAction: () => setAsked(true) }]}
    >
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        {partner.kind === 'file' ? <FileCards isBusy={isBusy} answer={answer ?? null} send={send} /> : null}
        <CatalogueCard {...page} />
        <PartnerForm
          partner={partner}
          isBusy={isBusy}
          refusal={answer?.intent === 'set_up' ? (answer.problems[0] ?? null) : null}
          send={(written) => send({ intent: 'set_up', ...written })}
        />
      </BlockStack>
      <RemoveQuestion open={asked} remove={() => send({ intent: 'remove' })} close={() => setAsked(false)} />
    </Page>
  );
};

export default OnePartner;
