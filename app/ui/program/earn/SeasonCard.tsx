import { BlockStack, Checkbox, Text } from '@shopify/polaris';
import { seasonSentences } from '~/i18n/sentences/earning';
import { formatCalendarDay } from '~/i18n/format';
import { useWriting } from '../../language';
import { FieldGrid, MomentField } from '../fields';
import { useProgram } from '../programContext';
import { Section, Sentences } from '../Section';

/** Whether and on which days points are earned and rewards given, and what members then see. */
export const SeasonCard = () => {
  const { t, ...say } = useWriting();
  const { earning, redeeming } = useProgram().draft.document;
  const sentences = seasonSentences(earning, redeeming, say);
  return (
    <Section title={t('season.title')} help={t('season.help')}>
      <Sentences all={sentences.length === 0 ? [t('season.always')] : sentences} />
      <EarningFields />
      <RedeemingFields />
    </Section>
  );
};

const Seen = ({ text }: { readonly text: string }) => (
  <Text as="p" tone="subdued">
    {text}
  </Text>
);

const EarningFields = () => {
  const { t } = useWriting();
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  const { window } = earning;
  const change = (part: Partial<typeof earning>): void => draft.change({ earning: { ...earning, ...part } });
  const setDays = (part: { readonly from?: string | null; readonly to?: string | null }): void => {
    const days = { from: window?.from ?? null, to: window?.to ?? null, ...part };
    change({ window: days.from === null && days.to === null ? null : days });
  };
  return (
    <BlockStack gap="300">
      <Checkbox label={t('field.earning.paused')} checked={earning.paused} onChange={(paused) => change({ paused })} />
      {earning.paused ? <Seen text={t('season.paused_seen')} /> : null}
      <FieldGrid>
        <DayField label={t('season.first')} day={window?.from ?? null} change={(from) => setDays({ from })} />
        <DayField
          label={t('season.last')}
          day={window?.to ?? null}
          change={(to) => setDays({ to })}
          error={errorAt('earning.window.to')}
        />
      </FieldGrid>
      {window === null ? null : <Seen text={t('season.window_seen')} />}
    </BlockStack>
  );
};

const RedeemingFields = () => {
  const { t, language } = useWriting();
  const { draft, errorAt } = useProgram();
  const { redeeming } = draft.document;
  const { paused, lastDay } = redeeming;
  const change = (part: Partial<typeof redeeming>): void => draft.change({ redeeming: { ...redeeming, ...part } });
  const after = lastDay === null ? null : t('redeem.redeeming_over', { date: formatCalendarDay(language, lastDay) });
  return (
    <BlockStack gap="300">
      <Checkbox label={t('field.redeeming.paused')} checked={paused} onChange={(on) => change({ paused: on })} />
      {paused ? <Seen text={t('season.read', { text: t('redeem.redeeming_paused') })} /> : null}
      <FieldGrid>
        <DayField
          label={t('field.redeeming.lastDay')}
          day={lastDay}
          change={(day) => change({ lastDay: day })}
          error={errorAt('redeeming.lastDay')}
        />
      </FieldGrid>
      {after === null ? null : <Seen text={t('season.read', { text: after })} />}
    </BlockStack>
  );
};

type DayProps = {
  readonly label: string;
  readonly day: string | null;
  readonly change: (day: string | null) => void;
  readonly error?: string | undefined;
};

/** A day that may be left open. */
const DayField = ({ label, day, change, error }: DayProps) => {
  const { t } = useWriting();
  return (
    <MomentField
      type="date"
      label={label}
      value={day ?? ''}
      help={t('season.empty')}
      onChange={(text) => change(text === '' ? null : text)}
      error={error}
    />
  );
};
