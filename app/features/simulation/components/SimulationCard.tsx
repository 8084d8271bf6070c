import { Banner, BlockStack, Button, InlineStack, List, ProgressBar, RangeSlider, Text } from '@shopify/polaris';
import { useState } from 'react';
import { formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { Announced } from '~/ui/Announced';
import { Section } from '~/ui/program/Section';
import { ordersEnough, type Share } from '~/core/simulation/takers';
import type { ShownSimulation } from '../views/simulationPage';

const perPercent = 100;

type Props = {
  readonly simulation: ShownSimulation | null;
  /** How often rewards were taken so far: with that it begins. */
  readonly share: Share;
  readonly hasDraft: boolean;
  readonly isBusy: boolean;
  /** `chance` in basis points. */
  readonly ask: (chance: number) => void;
  readonly cancel: (id: string) => void;
};

/** What is played and what it assumes, how often rewards are taken, and how far it came. */
export const SimulationCard = ({ simulation, share, hasDraft, isBusy, ask, cancel }: Props) => {
  const { t, language } = useWriting();
  const [chance, setChance] = useState(simulation?.chance ?? share.basisPoints);
  const { basisPoints, seenAt } = share;
  const seen = t(seenAt === null ? 'simulation.chance_usual' : 'simulation.chance_seen', {
    percent: formatNumber(language, Math.round(basisPoints / perPercent)),
    orders: formatNumber(language, seenAt ?? ordersEnough),
  });
  const isRunning = simulation !== null && !simulation.isOver;
  return (
    <Section title={t('simulation.title')} help={t('simulation.help')}>
      <List>
        {(['same', 'rewards', 'past', 'uplift'] as const).map((one) => (
          <List.Item key={one}>{t(`simulation.assumes_${one}`)}</List.Item>
        ))}
      </List>
      <RangeSlider
        label={t('simulation.chance', { percent: formatNumber(language, Math.round(chance / perPercent)) })}
        helpText={`${t('simulation.chance_help')} ${seen}`}
        value={Math.round(chance / perPercent)}
        min={0}
        max={100}
        step={1}
        output
        disabled={isRunning}
        onChange={(value) => setChance(Number(Array.isArray(value) ? value[0] : value) * perPercent)}
      />
      {isRunning ? <Progress simulation={simulation} cancel={cancel} isBusy={isBusy} /> : null}
      <Announced text={simulation === null ? null : heardOf(simulation, t)} />
      {simulation === null || isRunning ? null : <Ending simulation={simulation} />}
      {hasDraft ? null : <Text as="p">{t('simulation.no_draft')}</Text>}
      {isRunning ? null : (
        <InlineStack gap="200">
          <Button variant="primary" disabled={!hasDraft} loading={isBusy} onClick={() => ask(chance)}>
            {t('simulation.play')}
          </Button>
          {hasDraft ? null : <Button url="/app/program">{t('nav.program')}</Button>}
        </InlineStack>
      )}
    </Section>
  );
};

type ProgressProps = Pick<Props, 'cancel' | 'isBusy'> & { readonly simulation: ShownSimulation };

const Progress = ({ simulation, cancel, isBusy }: ProgressProps) => {
  const { t, language } = useWriting();
  const { id, ordersFound, ordersPlayed } = simulation;
  const counts = { played: formatNumber(language, ordersPlayed), found: formatNumber(language, ordersFound) };
  return (
    <BlockStack gap="200">
      <Text as="p" id="simulation-progress">
        {simulation.state === 'waiting' ? t('simulation.waiting') : t('simulation.running', counts)}
      </Text>
      <ProgressBar
        size="small"
        progress={ordersFound === 0 ? 0 : Math.round((ordersPlayed / ordersFound) * 100)}
        ariaLabelledBy="simulation-progress"
      />
      {simulation.isStill ? <Banner tone="info">{t('simulation.still')}</Banner> : null}
      <InlineStack>
        <Button onClick={() => cancel(id)} loading={isBusy}>
          {t('simulation.cancel')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
};

// One that failed says so by an alert.
const heardOf = ({ state }: ShownSimulation, t: ReturnType<typeof useWriting>['t']): string | null =>
  state === 'done' ? t('simulation.finished') : state === 'cancelled' ? t('simulation.cancelled') : null;

/** How the last one ended, and whether it still says something about the draft. */
const Ending = ({ simulation }: { readonly simulation: ShownSimulation }) => {
  const { t, dateTime } = useWriting();
  const { state, failure, isOfDraft, askedAt } = simulation;
  if (state === 'cancelled')
    return (
      <Banner tone="info" stopAnnouncements>
        {t('simulation.cancelled')}
      </Banner>
    );
  if (state === 'failed')
    return <Banner tone="warning">{t(failure === null ? 'simulation.stopped' : 'simulation.shop_away')}</Banner>;
  return (
    <Banner tone={isOfDraft ? 'success' : 'warning'} stopAnnouncements>
      {t(isOfDraft ? 'simulation.of_draft' : 'simulation.of_other', { at: dateTime(askedAt) })}
    </Banner>
  );
};
