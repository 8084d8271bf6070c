import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Page } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { readJsonBody, statusOfBody } from '~/body.server';
import { DocumentSection } from '~/components/DocumentSection';
import { EarnSection } from '~/components/EarnSection';
import { useWriting } from '~/components/language';
import { NamesSection } from '~/components/NamesSection';
import { RewardsSection } from '~/components/RewardsSection';
import type { ProgramDocument } from '~/core/program/document';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/merchant.server';
import { publishProgram } from '~/usecases/publishProgram';
import { programPage } from '~/views/programPage';

const barId = 'program-save-bar';
const problemText = { version_changed: 'program.conflict', not_a_document: 'program.invalid', too_large: 'common.too_large' } as const;
const requestSchema = z.object({ basedOn: z.int().min(1), document: z.unknown() });

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  const program = await programPage(database, store.programId);
  if (program === null) throw redirect(`/app/start${new URL(request.url).search}`);
  return program;
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, staffId } = await requireMerchant(request);
  const sent = await readJsonBody(request);
  if (!sent.ok && sent.error.kind === 'too_large') return json({ version: null, problem: 'too_large' as const, issues: [] }, statusOfBody.too_large);
  const body = requestSchema.safeParse(sent.ok ? sent.value : null);
  if (!body.success) return json({ version: null, problem: 'not_a_document' as const, issues: [] }, 400);
  const { basedOn, document } = body.data;
  const published = await publishProgram(deps, store.programId, document, basedOn, `staff:${staffId}`, instant(Date.now()));
  if (published.ok) return json({ version: published.value.version, problem: null, issues: [] });
  return json({ version: null, problem: published.error.kind, issues: published.error.issues }, 422);
};

const Program = () => {
  const { document: published, version, publishedAt } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t, date } = useWriting();
  const shopify = useAppBridge();
  const submit = useSubmit();
  const saving = useNavigation().state !== 'idle';
  const [draft, setDraft] = useState<ProgramDocument>(published);
  const [shown, setShown] = useState(0);
  const changed = JSON.stringify(draft) !== JSON.stringify(published);
  useEffect(() => {
    if (answer?.version != null) shopify.toast.show(t('program.saved', { version: answer.version }));
  }, [answer, shopify, t]);
  const discard = (): void => {
    setDraft(published);
    setShown(shown + 1); // fields keep what is being typed; new ones show what is published
  };
  const replace = (document: ProgramDocument): void => {
    setDraft(document);
    setShown(shown + 1);
  };
  const save = (): void => submit(JSON.stringify({ basedOn: version, document: draft }), { method: 'post', encType: 'application/json' });
  const errorsBelow = (part: string) => (field: string) => answer?.issues.find((issue) => issue?.path === `${part}.${field}`)?.message;
  return (
    <Page title={t('nav.program')} subtitle={t('program.version', { version, date: date(publishedAt) })} narrowWidth>
      <SaveBar id={barId} open={changed}>
        <button variant="primary" onClick={save} {...(saving ? { loading: '' } : {})}>
          {t('common.save')}
        </button>
        <button onClick={discard}>{t('common.discard')}</button>
      </SaveBar>
      <BlockStack gap="400" key={shown}>
        {changed && answer?.problem != null ? <Banner tone="critical">{t(problemText[answer.problem])}</Banner> : null}
        <EarnSection earning={draft.earning} change={(earning) => setDraft({ ...draft, earning })} errorAt={errorsBelow('earning')} />
        <RewardsSection rewards={draft.rewards} change={(rewards) => setDraft({ ...draft, rewards })} errorAt={errorsBelow('rewards')} />
        <NamesSection names={draft.names} change={(names) => setDraft({ ...draft, names })} errorAt={errorsBelow('names')} />
      </BlockStack>
      <Box paddingBlockStart="400">
        <DocumentSection document={published} version={version} onImport={replace} />
      </Box>
    </Page>
  );
};

export default Program;
