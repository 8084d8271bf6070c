import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readJsonBody, statusOfBody } from '~/http/body';
import { ProgramEditor } from '~/ui/ProgramEditor';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/http/shopify/merchant';
import { publishProgram } from '~/usecases/publishProgram';
import { programPage } from '~/views/programPage';

const requestSchema = z.object({ basedOn: z.int().min(1), document: z.unknown() });

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('nav.program');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, staffId } = await requireMerchant(request);
  const program = await programPage(database, store.programId);
  if (program === null) throw redirect(`/app/start${new URL(request.url).search}`);
  const { by, ...published } = program;
  return { ...published, isOwn: by === `staff:${staffId}` };
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, staffId } = await requireMerchant(request);
  const sent = await readJsonBody(request);
  if (!sent.ok && sent.error.kind === 'too_large')
    return json({ version: null, refusal: 'too_large' as const, issues: [] }, statusOfBody.too_large);
  const body = requestSchema.safeParse(sent.ok ? sent.value : null);
  if (!body.success) return json({ version: null, refusal: 'not_a_document' as const, issues: [] }, 400);
  const { basedOn, document } = body.data;
  const published = await publishProgram(
    deps,
    store.programId,
    document,
    basedOn,
    `staff:${staffId}`,
    instant(Date.now()),
  );
  if (published.ok) return json({ version: published.value.version, refusal: null, issues: [] });
  return json(
    { version: null, refusal: published.error.kind, issues: 'issues' in published.error ? published.error.issues : [] },
    published.error.kind === 'version_changed' ? 409 : 422,
  );
};

const Program = () => {
  const { answer, unsent } = useAnswer<typeof action>();
  return <ProgramEditor published={useLoaderData<typeof loader>()} answer={answer} unsent={unsent} />;
};

export default Program;
