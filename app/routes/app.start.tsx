import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, type ShouldRevalidateFunction } from '@remix-run/react';
import { z } from 'zod';
import { firstRunSchema } from '~/core/program/firstRun';
import { instant } from '~/core/values/instant';
import { readJson } from '~/core/values/untrusted';
import { localClockOf } from '~/core/values/zone';
import { readForm, statusOfBody } from '~/http/body';
import { bodyRefusalKey, requireMerchant } from '~/http/shopify/merchant';
import { keepIntent, lookAgain, useAnswer } from '~/ui/sending';
import { StartPage } from '~/ui/start/StartPage';
import { titled } from '~/ui/titled';
import { beginProgram } from '~/usecases/firstRun/beginProgram';
import { keepChoices } from '~/usecases/firstRun/keepChoices';
import { firstRun } from '~/views/firstRun';
import { programPage } from '~/views/programPage';

const statusBegun = 409;

// A form has texts only: the products of rewards come as JSON.
const variantIds = z
  .string()
  .transform((text) => {
    const read = readJson(text);
    return read.ok ? read.value : null;
  })
  .pipe(firstRunSchema.shape.variantIds);

/** What the page sends: the choices, and (`keep`) that they are only to be kept for now. */
const formSchema = firstRunSchema.extend({
  variantIds: variantIds.optional(),
  intent: z.enum([keepIntent, 'begin']).default('begin'),
});

export { keepUnsent as clientAction } from '~/ui/sending';

/** Somebody who chose another program than the one that began reads so before the page gives way to it. */
export const shouldRevalidate: ShouldRevalidateFunction = (asked) =>
  lookAgain(asked) && asked.actionStatus !== statusBegun;

export const meta = titled('start.title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  if ((await programPage(database, store.programId)) !== null) throw redirect(`/app${new URL(request.url).search}`);
  return {
    kept: await firstRun(database, store.programId),
    today: localClockOf(instant(Date.now()), store.timeZone).isoDate,
  };
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, staffId } = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok) return json({ refusal: bodyRefusalKey(sent.error) }, statusOfBody[sent.error.kind]);
  const form = formSchema.safeParse(sent.value);
  if (!form.success) return json({ refusal: 'program.invalid' as const }, 422);
  const { intent, ...choices } = form.data;
  if (intent === keepIntent) {
    await keepChoices(deps, store.programId, choices);
    return json({ refusal: null });
  }
  const begun = await beginProgram(deps, store, choices, `staff:${staffId}`, instant(Date.now()));
  if (begun.ok) return redirect('/app/start/next');
  return begun.error.kind === 'version_changed'
    ? json({ refusal: 'start.begun' as const }, statusBegun)
    : json({ refusal: 'program.invalid' as const }, 422);
};

const Start = () => {
  const data = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  return <StartPage {...data} refusal={answer?.refusal ?? null} unsent={unsent} />;
};

export default Start;
