import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Modal, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { documentId } from '~/core/values/fields';
import { instant } from '~/core/values/instant';
import { PoolStockCard } from '~/features/codePools/components/PoolStockCard';
import { UploadCard } from '~/features/codePools/components/UploadCard';
import { removeCodes } from '~/features/codePools/usecases/removeCodes';
import { uploadCodes } from '~/features/codePools/usecases/uploadCodes';
import { poolPage } from '~/features/codePools/views/poolPage';
import { readJsonBody, statusOfBody } from '~/http/body';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { uploadRefusalTexts } from '~/i18n/codeFileWords';
import { useWriting } from '~/ui/language';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { useToast } from '~/ui/useToast';
import { UnsentBanner } from '~/ui/UnsentBanner';

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('codes.title');

const poolOf = (name: string | undefined): string => {
  const pool = documentId.safeParse(name);
  if (!pool.success) throw new Response('There is no such list of codes.', { status: 404 });
  return pool.data;
};

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  return poolPage(database, store, poolOf(params.pool), instant(Date.now()));
};

const bodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), text: z.string() }),
  z.object({ kind: z.literal('remove') }),
]);
// 100,000 codes of 255 characters with a day each, as a text in JSON.
const limits = { maxBytes: 30 * 1024 * 1024, waitMs: 60_000 };
const answer = (problems: readonly string[], added: number | null, removed: number | null = null) => ({
  ...{ problems, added, removed },
});

export const action = async ({ request, params }: ActionFunctionArgs) => {
  const { store, deps, language } = await requireMerchant(request);
  const poolId = poolOf(params.pool);
  const sent = await readJsonBody(request, limits);
  if (!sent.ok) return json(answer([bodyRefusalText(language, sent.error)], null), statusOfBody[sent.error.kind]);
  const body = bodySchema.safeParse(sent.value);
  if (!body.success) return json(answer([bodyRefusalText(language, { kind: 'unreadable' })], null), 422);
  if (body.data.kind === 'remove') {
    return json(answer([], null, await removeCodes(deps, store.programId, poolId)));
  }
  const added = await uploadCodes(deps, store, { poolId, text: body.data.text }, instant(Date.now()));
  return added.ok ? json(answer([], added.value)) : json(answer(uploadRefusalTexts(language, added.error), null), 422);
};

const Codes = () => {
  const { stock, names } = useLoaderData<typeof loader>();
  const { answer: told, unsent } = useAnswer<typeof action>();
  const { t, language } = useWriting();
  const submit = useSubmit();
  const isBusy = useNavigation().state !== 'idle';
  const [asked, setAsked] = useState(false);
  const removed = told?.removed ?? null;
  useToast(told, removed === null ? null : t('codes.removed', { count: removed }));
  const send = (body: z.input<typeof bodySchema>): void =>
    submit(body, { method: 'post', encType: 'application/json' });
  return (
    <Page
      title={[t('codes.title'), ...names.map((name) => name[language])].filter((part) => part !== '').join(' · ')}
      subtitle={t('codes.help')}
      backAction={{ content: t('program.rewards'), url: '/app/program/rewards' }}
      secondaryActions={[
        {
          content: t('codes.remove'),
          destructive: true,
          disabled: stock.free + stock.ended === 0,
          onAction: () => setAsked(true),
        },
      ]}
    >
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        <PoolStockCard stock={stock} />
        <UploadCard
          isBusy={isBusy}
          problems={told?.problems ?? []}
          added={told?.added ?? null}
          send={(text) => send({ kind: 'upload', text })}
        />
      </BlockStack>
      <Modal
        open={asked}
        onClose={() => setAsked(false)}
        title={t('codes.remove_title')}
        primaryAction={{
          content: t('codes.remove'),
          destructive: true,
          onAction: () => {
            setAsked(false);
            send({ kind: 'remove' });
          },
        }}
        secondaryActions={[{ content: t('common.cancel'), onAction: () => setAsked(false) }]}
      >
        <Modal.Section>
          <Text as="p">{t('codes.remove_help')}</Text>
        </Modal.Section>
      </Modal>
    </Page>
  );
};

export default Codes;
