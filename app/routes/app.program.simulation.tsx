import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack } from '@shopify/polaris';
import { z } from 'zod';
import { instant } from '~/core/values/instant';
import { ResultCards } from '~/features/simulation/components/ResultCards';
import { SimulationCard } from '~/features/simulation/components/SimulationCard';
import { askSimulation, cancelSimulation } from '~/features/simulation/usecases/askSimulation';
import { simulationPage } from '~/features/simulation/views/simulationPage';
import { readForm, statusOfBody } from '~/http/body';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { translate } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { useLookAgain } from '~/ui/useLookAgain';
import { saveFile } from '~/ui/saveFile';
import { useAnswer } from '~/ui/sending';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';

export { ProgramTrouble as ErrorBoundary } from '~/ui/program/ProgramTrouble';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('simulation.title');

const wishSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('ask'), id: z.uuid(), chance: z.coerce.number().int().min(0).max(10_000) }),
  z.object({ intent: z.literal('cancel'), id: z.uuid() }),
]);

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, platform } = await requireMerchant(request);
  return simulationPage(database, platform, store, instant(Date.now()));
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps, language } = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok) return json({ refusal: bodyRefusalText(language, sent.error) }, statusOfBody[sent.error.kind]);
  const wish = wishSchema.safeParse(sent.value);
  if (!wish.success) return json({ refusal: translate(language, 'common.error') }, 422);
  const now = instant(Date.now());
  if (wish.data.intent === 'cancel') {
    await cancelSimulation(deps, store.programId, wish.data.id, now);
    return json({ refusal: null });
  }
  const asked = await askSimulation(deps, store.programId, wish.data, now);
  if (asked.ok) return json({ refusal: null });
  return json({ refusal: translate(language, `simulation.${asked.error.kind}`) }, 409);
};

const Simulation = () => {
  const { simulation, hasDraft, share, ...rest } = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const { t } = useWriting();
  const submit = useSubmit();
  const shopify = useAppBridge();
  const isBusy = useNavigation().state !== 'idle';
  useLookAgain(simulation !== null && !simulation.isOver);
  const save = (id: string): void =>
    void saveFile(`/app/simulation.csv?id=${id}`, 'fidelio-simulation.csv').catch(() =>
      shopify.toast.show(t('export.failed'), { isError: true }),
    );
  return (
    <BlockStack gap="400">
      <UnsentBanner unsent={unsent} />
      {answer?.refusal == null ? null : <Banner tone="critical">{answer.refusal}</Banner>}
      <SimulationCard
        simulation={simulation}
        share={share}
        hasDraft={hasDraft}
        isBusy={isBusy}
        ask={(chance) => submit({ intent: 'ask', id: crypto.randomUUID(), chance }, { method: 'post' })}
        cancel={(id) => submit({ intent: 'cancel', id }, { method: 'post' })}
      />
      {simulation === null || simulation.results === null ? null : (
        <ResultCards
          {...rest}
          results={simulation.results}
          chance={simulation.chance}
          save={() => save(simulation.id)}
        />
      )}
    </BlockStack>
  );
};

export default Simulation;
