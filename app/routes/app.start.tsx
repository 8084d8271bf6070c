import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { Banner, BlockStack, Button, Checkbox, InlineStack, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { readForm, statusOfBody } from '~/http/body';
import { useWriting } from '~/ui/language';
import { Step } from '~/ui/Step';
import { StorefrontStep } from '~/ui/StorefrontStep';
import { useHydrated } from '~/ui/useHydrated';
import { pointsForAmount } from '~/core/earning/preview';
import { defaultDocument } from '~/core/program/defaults';
import { worthOfPoints } from '~/core/program/pointValue';
import { NamesStep } from '~/ui/NamesStep';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';
import { instant } from '~/core/values/instant';
import { minorPerUnit } from '~/core/values/money';
import { environment } from '~/env.server';
import { languages } from '~/i18n/catalog';
import { bodyRefusalKey, requireMerchant } from '~/http/shopify/merchant';
import { askForPastOrders } from '~/features/pastOrders/usecases/importPastOrders';
import { publishProgram } from '~/usecases/publishProgram';
import { uuidv7 } from '~/process/uuid';
import { programPage } from '~/views/programPage';

const exampleUnits = 50;
const name = z.string().trim().min(1).max(60);
const formSchema = z.object({ language: z.enum(languages), point: name, points: name, past: z.string().optional() });

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('start.title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  if ((await programPage(database, store.programId)) !== null) throw redirect(`/app${new URL(request.url).search}`);
  const document = defaultDocument(store.currency, store.timeZone);
  const order = exampleUnits * minorPerUnit(store.currency);
  const points = pointsForAmount(order, store.currency, document.earning);
  const block = (handle: string) =>
    `https://${store.domain}/admin/themes/current/editor?template=cart` +
    `&addAppBlockId=${environment().SHOPIFY_API_KEY}/${handle}&target=newAppsSection`;
  return {
    names: document.names,
    example: { order, points, worth: worthOfPoints(document, points, store.currency) },
    blocks: { balance: block('balance'), rewards: block('cart-rewards') },
  };
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, staffId } = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok) return json({ refusal: bodyRefusalKey(sent.error) }, statusOfBody[sent.error.kind]);
  const form = formSchema.safeParse(sent.value);
  if (!form.success) return json({ refusal: 'program.invalid' as const }, 422);
  const { language, point, points, past } = form.data;
  const now = instant(Date.now());
  const document = defaultDocument(store.currency, store.timeZone);
  const names = {
    ...document.names,
    point: { ...document.names.point, [language]: point },
    points: { ...document.names.points, [language]: points },
  };
  const published = await publishProgram(deps, store.programId, { ...document, names }, null, `staff:${staffId}`, now);
  if (!published.ok)
    return json(
      {
        refusal:
          published.error.kind === 'version_changed' ? ('program.conflict' as const) : ('program.invalid' as const),
      },
      409,
    );
  if (past === 'on') await askForPastOrders(deps, store, { id: uuidv7(), since: null }, now);
  return redirect('/app');
};

const Start = () => {
  const data = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const refusal = answer?.refusal ?? null;
  const { t, money, percent, language } = useWriting();
  const [point, setPoint] = useState(data.names.point[language]);
  const [points, setPoints] = useState(data.names.points[language]);
  const [past, setPast] = useState(false);
  const busy = useNavigation().state !== 'idle';
  const hydrated = useHydrated();
  const { order, points: earned, worth } = data.example;
  return (
    <Page title={t('start.title')} subtitle={t('start.subtitle')} narrowWidth>
      <Form method="post">
        <BlockStack gap="400">
          <UnsentBanner unsent={unsent} />
          {refusal === null ? null : <Banner tone="critical">{t(refusal)}</Banner>}
          <input type="hidden" name="language" value={language} />
          <NamesStep point={point} points={points} setPoint={setPoint} setPoints={setPoints} />
          <Step number={2} title={t('start.earn')} help={t('program.earn_help')}>
            <Text as="p">
              {t('start.example', {
                order: money(order),
                points: `${earned.toLocaleString(language)} ${points}`,
                worth: money(worth),
                percent: percent(worth / order),
              })}
            </Text>
          </Step>
          <StorefrontStep blocks={data.blocks} />
          <Step number={4} title={t('start.past')} help={t('start.past_help')}>
            <Checkbox
              name="past"
              value="on"
              label={t('start.past_choice')}
              helpText={t('start.past_choice_help')}
              checked={past}
              onChange={setPast}
            />
          </Step>
          <InlineStack align="end">
            <Button
              submit
              variant="primary"
              size="large"
              loading={busy}
              disabled={!hydrated || point.trim() === '' || points.trim() === ''}
            >
              {t('start.publish')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Form>
    </Page>
  );
};

export default Start;
