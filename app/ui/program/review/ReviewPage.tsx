import { Banner, BlockStack, Button, Card, Checkbox, FormLayout, InlineStack, List, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { diffOf } from '~/core/program/diff';
import { warningsOf, type ShopFacts } from '~/core/program/warnings';
import { fieldName, issueInWords } from '~/i18n/documentWords';
import { effectsInWords, takingInWords } from '~/i18n/sentences/effects';
import { warningInWords } from '~/i18n/sentences/warnings';
import type { DraftEffects } from '~/views/draftEffects';
import { useWriting } from '../../language';
import { DifferenceList } from '../DifferenceList';
import { FieldGrid, MomentField } from '../fields';
import { Warnings } from '../overview/OverviewPage';
import { useProgram } from '../programContext';
import { Section, Sentences } from '../Section';
import { GoneThings, useIsGone } from './GoneThings';

type Props = {
  readonly shop: ShopFacts;
  readonly effects: DraftEffects | null;
  /** It is published. */
  readonly onPublished: () => void;
  /** What was counted is of another draft than the one that is shown: somebody saved between the two readings. */
  readonly onStale?: () => void;
};

/** What publishing the draft changes: in sentences, in members, in money; and then it is published, or at a time. */
export const ReviewPage = ({ shop, effects, onPublished, onStale }: Props) => {
  const { t, ...say } = useWriting();
  const { server, published, draft, answer } = useProgram();
  const isDone = answer?.intent === 'publish' && answer.refusal === null && server === null;
  useEffect(() => {
    if (isDone) onPublished();
  }, [isDone, onPublished]);
  // Of a draft that was saved while these were counted, they are not known yet.
  const known = effects !== null && effects.revision === server?.revision ? effects : null;
  useStale(
    server !== null && draft.valid !== null && known === null,
    `${effects?.revision} ${server?.revision}`,
    onStale,
  );
  if (server === null) return <NothingToPublish />;
  const differences = diffOf(published.document, server.document);
  const counted = known === null ? [] : effectsInWords(known, say);
  return (
    <BlockStack gap="400">
      {draft.issues.length > 0 ? (
        <Banner tone="critical" title={t('program.errors', { count: draft.issues.length })}>
          <List>
            {draft.issues.slice(0, 20).map((issue) => (
              <List.Item key={`${issue.path}${issue.message}`}>
                {fieldName(issue.path.split('.'), [server.document], say)}
                {': '}
                {issueInWords(issue, [server.document], say)}
              </List.Item>
            ))}
          </List>
        </Banner>
      ) : null}
      <GoneThings document={server.document} />
      <Section title={t('program.changes', { count: differences.length, version: published.version })}>
        <DifferenceList differences={differences} between={[published.document, server.document]} />
      </Section>
      {counted.length === 0 ? null : (
        <Section
          title={t('program.effects')}
          {...(known?.isEstimate === true ? { help: t('program.effects_estimate') } : {})}
        >
          <Sentences all={counted} />
        </Section>
      )}
      {draft.valid === null ? null : (
        <Warnings all={warningsOf(draft.valid, shop).map((warning) => warningInWords(warning, say))} />
      )}
      {draft.issues.length > 0 ? null : (
        <Section
          title={t('program.simulate')}
          help={t('program.simulate_help')}
          action={{ content: t('program.simulate_action'), url: '/app/program/simulation' }}
        >
          {null}
        </Section>
      )}
      <PublishCard effects={known} />
    </BlockStack>
  );
};

/** Asks to read again, once for each time that what was read did not go together. */
const useStale = (isStale: boolean, readings: string, onStale: (() => void) | undefined): void => {
  useEffect(() => {
    if (isStale) onStale?.();
  }, [isStale, readings, onStale]);
};

const NothingToPublish = () => {
  const { t } = useWriting();
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <Text as="p">{t('program.nothing_to_publish')}</Text>
        <Button url="/app/program">{t('nav.program')}</Button>
      </BlockStack>
    </Card>
  );
};

/**
 * One press, or a day and a time. What takes something from members needs a tick. Of a draft that publishes itself the
 * banner above says when, and how it is taken off: here is nothing to do then.
 */
const PublishCard = ({ effects }: Pick<Props, 'effects'>) => {
  const { t, ...say } = useWriting();
  const { server, published, draft, send, busy } = useProgram();
  // The draft for which it was ticked: what another saves meanwhile asks anew.
  const [agreedTo, setAgreedTo] = useState<number | null>(null);
  const isGone = useIsGone(server?.document ?? null);
  if (server === null || server.revision === null || server.scheduledFor !== null) return null;
  const { revision } = server;
  const takes = effects?.takes === true;
  const agreed = agreedTo === revision;
  const ready = effects !== null && draft.valid !== null && !isGone && !draft.changed && (!takes || agreed);
  return (
    <Section title={t('program.publish_title', { version: published.version + 1 })} help={t('program.publish_help')}>
      {draft.changed ? <Text as="p">{t('program.save_first')}</Text> : null}
      {takes ? (
        <Checkbox
          label={t('program.takes')}
          helpText={takingInWords(effects, say).join(' ')}
          checked={agreed}
          onChange={(is) => setAgreedTo(is ? revision : null)}
        />
      ) : null}
      <InlineStack gap="200">
        <Button
          variant="primary"
          disabled={!ready}
          loading={busy}
          onClick={() => send({ intent: 'publish', revision })}
        >
          {t('program.publish')}
        </Button>
        <Button
          disabled={draft.changed || busy}
          tone="critical"
          variant="tertiary"
          onClick={() => send({ intent: 'discard', revision })}
        >
          {t('program.discard_draft')}
        </Button>
      </InlineStack>
      <Planned revision={revision} ready={ready} zone={published.document.timeZone} />
    </Section>
  );
};

type PlannedProps = { readonly revision: number; readonly ready: boolean; readonly zone: string };

/** A day and a time in the program's zone, at which the draft publishes itself. */
const Planned = ({ revision, ready, zone }: PlannedProps) => {
  const { t } = useWriting();
  const { send, busy, answer } = useProgram();
  const [day, setDay] = useState('');
  const [time, setTime] = useState('08:00');
  const refusal = answer?.intent === 'schedule' ? answer.refusal : null;
  return (
    <>
      <Text as="h3" variant="headingSm">
        {t('program.schedule')}
      </Text>
      <FormLayout>
        <FieldGrid>
          <MomentField
            label={t('calculator.day')}
            type="date"
            value={day}
            onChange={setDay}
            error={refusal === 'too_soon' || refusal === 'too_late' ? t(`program.${refusal}`) : undefined}
            help={t('program.schedule_zone', { zone })}
          />
          <MomentField label={t('calculator.time')} type="time" value={time} onChange={setTime} />
        </FieldGrid>
      </FormLayout>
      <InlineStack>
        <Button
          disabled={!ready || day === '' || time === ''}
          loading={busy}
          onClick={() => send({ intent: 'schedule', revision, day, time })}
        >
          {t('program.schedule_action')}
        </Button>
      </InlineStack>
    </>
  );
};
