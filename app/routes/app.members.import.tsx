import {
  json,
  unstable_parseMultipartFormData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useEffect } from 'react';
import { BodyTooLarge, limitedRequest, readForm, statusOfBody, type BodyRefusal } from '~/http/body';
import { ImportFileCard } from '~/features/pointFiles/components/ImportFileCard';
import { ImportHistory } from '~/features/pointFiles/components/ImportHistory';
import { ImportProgress } from '~/features/pointFiles/components/ImportProgress';
import { ImportReview } from '~/features/pointFiles/components/ImportReview';
import { useImportToast } from '~/features/pointFiles/components/useImportToast';
import { useWriting } from '~/ui/language';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';
import { instant } from '~/core/values/instant';
import { importRefusalText } from '~/features/pointFiles/views/importRefusal';
import { importDecisionSchema } from '~/features/pointFiles/core/decision';
import { bodyRefusalText, requireMerchant, type Merchant } from '~/http/shopify/merchant';
import { agreeToImport, discardImport, undoImport } from '~/features/pointFiles/usecases/decideImport';
import { fileMaxBytes, readImportFile } from '~/features/pointFiles/usecases/readImportFile';
import { uuidv7 } from '~/process/uuid';
import { importsPage } from '~/features/pointFiles/views/importsPage';

const lookAgainMs = 1500;

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('imports.title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  return importsPage(database, store);
};

// A file of the largest size, and the few fields around it.
const uploadMaxBytes = fileMaxBytes + 1024 * 1024;

const refusedUpload = (language: Merchant['language'], refusal: BodyRefusal) =>
  json({ refusal: bodyRefusalText(language, refusal) }, statusOfBody[refusal.kind]);

const upload = async (sent: Request, merchant: Merchant) => {
  const { language } = merchant;
  const request = limitedRequest(sent, uploadMaxBytes);
  if (request === null) return refusedUpload(language, { kind: 'too_large', limitBytes: uploadMaxBytes });
  try {
    return await readUpload(request, merchant);
  } catch (error) {
    if (error instanceof BodyTooLarge)
      return refusedUpload(language, { kind: 'too_large', limitBytes: uploadMaxBytes });
    // The parser's own words for what is no form, or ends in the middle of one.
    if (error instanceof Error && /malformed|boundary|parse content/i.test(error.message))
      return refusedUpload(language, { kind: 'unreadable' });
    throw error;
  }
};

const readUpload = async (request: Request, { deps, store, staffId, language }: Merchant) => {
  let read: Awaited<ReturnType<typeof readImportFile>> | null = null;
  await unstable_parseMultipartFormData(request, async ({ name, filename, data }) => {
    if (name !== 'file' || filename === undefined || read !== null) return null;
    read = await readImportFile(
      deps,
      store,
      { id: uuidv7(), name: filename, by: `staff:${staffId}`, chunks: data },
      instant(Date.now()),
    );
    for await (const _ of data) void _; // a file that was refused in the middle is taken from the wire to its end
    return filename;
  });
  const answer = read as Awaited<ReturnType<typeof readImportFile>> | null;
  if (answer === null) return json({ refusal: importRefusalText(language, { kind: 'empty_file' }) }, 422);
  return answer.ok ? json({ refusal: null }) : json({ refusal: importRefusalText(language, answer.error) }, 422);
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const merchant = await requireMerchant(request);
  const { deps, store, language } = merchant;
  if ((request.headers.get('content-type') ?? '').startsWith('multipart/form-data')) return upload(request, merchant);
  const sent = await readForm(request);
  if (!sent.ok) return json({ refusal: bodyRefusalText(language, sent.error) }, statusOfBody[sent.error.kind]);
  const form = importDecisionSchema.safeParse(sent.value);
  if (!form.success) return json({ refusal: importRefusalText(language, { kind: 'unknown_import' }) }, 422);
  const { id, intent } = form.data;
  const decided =
    intent === 'agree'
      ? await agreeToImport(deps, store, id, form.data)
      : intent === 'undo'
        ? await undoImport(deps, store, id)
        : await discardImport(deps, store, id);
  return decided.ok ? json({ refusal: null }) : json({ refusal: importRefusalText(language, decided.error) }, 409);
};

const working = ['reading', 'checking', 'posting', 'undoing'];

const Import = () => {
  const { current, problems, counts, worthMinor, sameAs, membersToUndo, earlier } = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const refusal = answer?.refusal ?? null;
  useImportToast(current === null ? earlier : [current, ...earlier]);
  const { t } = useWriting();
  const { revalidate } = useRevalidator();
  const isWorking = current !== null && working.includes(current.state);
  useEffect(() => {
    if (!isWorking) return;
    const timer = setInterval(revalidate, lookAgainMs);
    return () => clearInterval(timer);
  }, [isWorking, revalidate]);
  return (
    <Page
      title={t('imports.title')}
      subtitle={t('imports.subtitle')}
      backAction={{ content: t('nav.members'), url: '/app/members' }}
      narrowWidth
    >
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        {current?.state === 'ready' ? (
          <ImportReview
            file={current}
            problems={problems}
            counts={counts}
            worthMinor={worthMinor}
            sameAs={sameAs}
            refusal={refusal}
          />
        ) : null}
        {isWorking ? <ImportProgress file={current} membersToUndo={membersToUndo} /> : null}
        {current?.state === 'done' || current === null ? <ImportFileCard refusal={refusal} /> : null}
        <ImportHistory files={current?.state === 'done' ? [current, ...earlier] : earlier} />
      </BlockStack>
    </Page>
  );
};

export default Import;
