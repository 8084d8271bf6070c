import { FormLayout, Select } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { measuredBy } from '~/core/tiers/newTiers';
import type { Tiers } from '~/core/tiers/section';
import { begun } from '~/i18n/sentences/say';
import { tierRuleSentences } from '~/i18n/sentences/tiers';
import { NumberField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid } from '../fields';
import { useProgram } from '../programContext';
import { Section, Sentences } from '../Section';

const metrics = ['spend', 'points', 'orders'] as const;
const windows = ['rolling_months', 'calendar_year', 'lifetime'] as const;
const keeps = ['window', 'months', 'none'] as const;
const falls = ['drop_to_qualified', 'one_level'] as const;
const skips = ['reached_only', 'all'] as const;
const year = 12;

type Props = { readonly tiers: Tiers; readonly change: (tiers: Tiers) => void };
type CardProps = Props & { readonly children: ReactNode };

/** What holds for all levels: what is counted, over which time, and how a tier is kept and lost. */
export const TierRulesCard = ({ tiers, change, children }: CardProps) => {
  const { t, ...say } = useWriting();
  return (
    <Section title={t('tiers.rules')}>
      <Sentences all={tierRuleSentences(tiers, say)} />
      <FormLayout>
        <MeasureFields tiers={tiers} change={change} />
        <WindowFields tiers={tiers} change={change} />
        <KeepFields tiers={tiers} change={change} />
      </FormLayout>
      {children}
    </Section>
  );
};

/** A choice among values that are known, by their words. */
const Choice = <Value extends string>({ label, value, of, wordOf, choose, help }: ChoiceProps<Value>) => {
  const say = useWriting();
  return (
    <Select
      label={label}
      {...(help === undefined ? {} : { helpText: help })}
      value={value}
      options={of.map((one) => ({ value: one, label: begun(say, wordOf(one)) }))}
      onChange={(chosen) => choose(of.find((one) => one === chosen) ?? value)}
    />
  );
};

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly of: readonly Value[];
  readonly wordOf: (value: Value) => string;
  readonly choose: (value: Value) => void;
  readonly help?: string | undefined;
};

const MeasureFields = ({ tiers, change }: Props) => {
  const { t, currency } = useWriting();
  const { earning } = useProgram().draft.document;
  const currencies = [...new Set([tiers.currency, currency, ...earning.rates.map((rate) => rate.currency)])];
  return (
    <FieldGrid>
      <Choice
        label={t('field.tiers.metric')}
        value={tiers.metric}
        of={metrics}
        wordOf={(metric) => t(`value.metric_${metric}`)}
        choose={(metric) => change(measuredBy(tiers, metric))}
      />
      {tiers.metric === 'spend' ? (
        <Choice
          label={t('field.tiers.currency')}
          value={tiers.currency}
          of={currencies}
          wordOf={(one) => one}
          help={currencies.length > 1 ? t('tiers.currency_help') : undefined}
          choose={(one) => change({ ...tiers, currency: one })}
        />
      ) : null}
    </FieldGrid>
  );
};

const WindowFields = ({ tiers, change }: Props) => {
  const { t } = useWriting();
  const { errorAt } = useProgram();
  const { window } = tiers;
  return (
    <FieldGrid>
      <Choice
        label={t('field.tiers.window')}
        value={window.kind}
        of={windows}
        wordOf={(kind) => t(`tiers.window_${kind}`)}
        choose={(kind) => change({ ...tiers, window: kind === 'rolling_months' ? { kind, months: year } : { kind } })}
      />
      {window.kind === 'rolling_months' ? (
        <NumberField
          label={t('tiers.months_counted')}
          value={window.months}
          onChange={(months) => change({ ...tiers, window: { ...window, months } })}
          error={errorAt('tiers.window.months')}
        />
      ) : null}
    </FieldGrid>
  );
};

const KeepFields = ({ tiers, change }: Props) => {
  const { t } = useWriting();
  const { errorAt } = useProgram();
  const { keep } = tiers;
  return (
    <FieldGrid>
      <Choice
        label={t('field.tiers.keep')}
        value={keep.kind}
        of={keeps}
        wordOf={(kind) => t(`tiers.keep_${kind}`)}
        choose={(kind) => change({ ...tiers, keep: kind === 'months' ? { kind, months: year } : { kind } })}
      />
      {keep.kind === 'months' ? (
        <NumberField
          label={t('tiers.months_kept')}
          value={keep.months}
          onChange={(months) => change({ ...tiers, keep: { ...keep, months } })}
          error={errorAt('tiers.keep.months')}
        />
      ) : null}
      <Choice
        label={t('field.tiers.requalify')}
        value={tiers.requalify}
        of={falls}
        wordOf={(fall) => t(`value.requalify_${fall}`)}
        choose={(requalify) => change({ ...tiers, requalify })}
      />
      <NumberField
        label={t('field.tiers.graceDays')}
        value={tiers.graceDays}
        onChange={(graceDays) => change({ ...tiers, graceDays })}
        error={errorAt('tiers.graceDays')}
      />
      <Choice
        label={t('field.tiers.skippedRewards')}
        value={tiers.skippedRewards}
        of={skips}
        wordOf={(skip) => t(`value.skipped_${skip}`)}
        choose={(skippedRewards) => change({ ...tiers, skippedRewards })}
      />
    </FieldGrid>
  );
};
