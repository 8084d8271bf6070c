import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation, useSearchParams, useSubmit } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, Card, InlineStack, Page, Tabs } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { asId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { FulfilmentList } from '~/features/fulfilment/components/FulfilmentList';
import { NoExperiences } from '~/features/fulfilment/components/NoExperiences';
import { NotDoneDialog } from '~/features/fulfilment/components/NotDoneDialog';
import { endFulfilment } from '~/features/fulfilment/usecases/endFulfilment';
import { reopenFulfilment } from '~/features/fulfilment/usecases/reopenFulfilment';
import { fulfilmentPage, type ListedFulfilment } from '~/features/fulfilment/views/fulfilmentPage';
import { readForm, statusOfBody } from '~/http/body';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { translate } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { saveFile } from '~/ui/saveFile';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { useToast } from '~/ui/useToast';
import { UnsentBanner } from '~/ui/UnsentBanner';

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('fulfilment.title');

const id = z.uuid().transform((text) => asId<RedemptionId>(text));
const placeSchema = z
  .string()
  .transform((text) => text.split('~'))
  .pipe(z.tuple([z.string().regex(/^\d{1,15}$/), id]))
  .transform(([at, place]) => ({ at: instant(Number(at)), id: place }));

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, platform } = await requireMerchant(request);
  const { searchParams } = new URL(request.url);
  const place = placeSchema.safeParse(searchParams.get('after'));
  const view = searchParams.get('view') === 'ended' ? 'ended' : 'to_do';
  const asked = { view, after: place.success ? place.data : null } as const;
  return { ...(await fulfilmentPage(database, platform, store, asked)), now: Date.now() };
};

const formSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), id }),
  z.object({ kind: z.literal('not_done'), id, reason: z.string().max(1000) }),
  z.object({ kind: z.literal('reopened'), id }),
]);

type Said = z.infer<typeof formSchema>['kind'];
const nothingSaid: { readonly said: Said | null } = { said: null };

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, language, staffId } = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok)
    return json({ ...nothingSaid, refusal: bodyRefusalText(language, sent.error) }, statusOfBody[sent.error.kind]);
  const form = formSchema.safeParse(sent.value);
  if (!form.success) return json({ ...nothingSaid, refusal: bodyRefusalText(language, { kind: 'unreadable' }) }, 422);
  const { id: asked, ...ending } = form.data;
  const now = instant(Date.now());
  const written =
    ending.kind === 'reopened'
      ? await reopenFulfilment(deps, store.programId, asked, now)
      : await endFulfilment(deps, store.programId, { id: asked, ending }, `staff:${staffId}`, now);
  if (written.ok) return json({ refusal: null, said: ending.kind });
  return json({ ...nothingSaid, refusal: translate(language, `fulfilment.refused_${written.error.kind}`) }, 409);
};

const views = ['to_do', 'ended'] as const;

const FulfilmentPage = () => {
  const { view, items, next, now } = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const { t } = useWriting();
  const submit = useSubmit();
  const shopify = useAppBridge();
  const [, setParameters] = useSearchParams();
  const isBusy = useNavigation().state !== 'idle';
  const [refused, setRefused] = useState<ListedFulfilment | null>(null);
  const said = answer?.said ?? null;
  useToast(answer, said === null ? null : t(`fulfilment.said_${said}`));
  const save = (): void =>
    void saveFile('/app/fulfilment.csv', 'fidelio-experiences.csv').catch(() =>
      shopify.toast.show(t('export.failed'), { isError: true }),
    );
  return (
    <Page
      title={t('fulfilment.title')}
      subtitle={t('fulfilment.help')}
      backAction={{ content: t('program.rewards'), url: '/app/program/rewards' }}
      secondaryActions={[{ content: t('fulfilment.export'), onAction: save }]}
    >
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        {answer?.refusal == null ? null : <Banner tone="warning">{answer.refusal}</Banner>}
        <Card padding="0">
          <Tabs
            tabs={views.map((one) => ({ id: one, content: t(`fulfilment.${one}`) }))}
            selected={views.indexOf(view)}
            onSelect={(index) => setParameters({ view: views[index] ?? 'to_do' })}
          />
          {items.length === 0 ? (
            <NoExperiences view={view} />
          ) : (
            <FulfilmentList
              items={items}
              now={now}
              isBusy={isBusy}
              done={(item) => submit({ kind: 'done', id: item.id }, { method: 'post' })}
              notDone={setRefused}
              reopen={(item) => submit({ kind: 'reopened', id: item.id }, { method: 'post' })}
            />
          )}
        </Card>
        {next === null ? null : (
          <InlineStack align="end">
            <Button onClick={() => setParameters({ view, after: `${next.at}~${next.id}` })}>
              {t('fulfilment.next')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
      {refused === null ? null : (
        <NotDoneDialog
          item={refused}
          close={() => setRefused(null)}
          send={(reason) => {
            submit({ kind: 'not_done', id: refused.id, reason }, { method: 'post' });
            setRefused(null);
          }}
        />
      )}
    </Page>
  );
};

export default FulfilmentPage;
