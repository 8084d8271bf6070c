import { BlockStack, Checkbox, FormLayout, Select } from '@shopify/polaris';
import type { Policies } from '~/core/ledger/policies';
import { arrivalSentence } from '~/i18n/sentences/earning';
import { lifeSentences, marginSentence, refundSentences } from '~/i18n/sentences/policies';
import { begun } from '~/i18n/sentences/say';
import { NumberField } from '../../fields';
import { useWriting } from '../../language';
import { DecimalField, FieldGrid, NumbersField, MomentField } from '../fields';
import { HoldField } from '../HoldField';
import { useProgram } from '../programContext';
import { Section, Sentences } from '../Section';

const hundredth = 100;

/** How long points live, what a refund does, and what the program may cost. */
export const PoliciesPage = () => (
  <BlockStack gap="400">
    <LifeSection />
    <HoldSection />
    <RefundSection />
    <MarginSection />
  </BlockStack>
);

const usePolicies = () => {
  const { draft, errorAt } = useProgram();
  const { policies } = draft.document;
  const change = (part: Partial<Policies>): void => draft.change({ policies: { ...policies, ...part } });
  return { policies, change, errorAt };
};

const LifeSection = () => {
  const { t, ...say } = useWriting();
  const { policies, change, errorAt } = usePolicies();
  return (
    <Section title={t('field.policies.expiry')}>
      <Sentences all={lifeSentences(policies, say)} />
      <FormLayout>
        <ExpiryFields />
        <FieldGrid>
          <NumberField
            label={t('field.policies.minimumLifeDays')}
            value={policies.minimumLifeDays}
            onChange={(minimumLifeDays) => change({ minimumLifeDays })}
            error={errorAt('policies.minimumLifeDays')}
          />
          <NumberField
            label={t('field.policies.graceDays')}
            value={policies.graceDays}
            onChange={(graceDays) => change({ graceDays })}
            error={errorAt('policies.graceDays')}
          />
          <NumbersField
            label={t('field.policies.warningDays')}
            values={policies.warningDays}
            onChange={(warningDays) => change({ warningDays })}
            error={errorAt('policies.warningDays') ?? errorAt('policies.warningDays.0')}
          />
        </FieldGrid>
      </FormLayout>
    </Section>
  );
};

const HoldSection = () => {
  const { t, ...say } = useWriting();
  const { earning } = useProgram().draft.document;
  return (
    <Section title={t('program.hold')}>
      <Sentences all={[arrivalSentence(earning, say)]} />
      <FormLayout>
        <HoldField />
      </FormLayout>
    </Section>
  );
};

const RefundSection = () => {
  const { t, ...say } = useWriting();
  const { policies, change, errorAt } = usePolicies();
  return (
    <Section title={t('program.refunds')}>
      <Sentences all={refundSentences(policies, say)} />
      <FormLayout>
        <Select
          label={t('field.policies.clawback')}
          value={policies.clawback}
          options={(['debt', 'clamp'] as const).map((value) => ({
            value,
            label: begun(say, t(`value.clawback_${value}`)),
          }))}
          onChange={(value) => change({ clawback: value === 'clamp' ? 'clamp' : 'debt' })}
        />
        <Checkbox
          label={t('field.policies.returnSpentPoints')}
          checked={policies.returnSpentPoints}
          onChange={(returnSpentPoints) => change({ returnSpentPoints })}
        />
        <NumberField
          label={t('field.policies.contextFinalDays')}
          value={policies.contextFinalDays}
          onChange={(contextFinalDays) => change({ contextFinalDays })}
          error={errorAt('policies.contextFinalDays')}
        />
      </FormLayout>
    </Section>
  );
};

const MarginSection = () => {
  const { t, ...say } = useWriting();
  const { policies, change, errorAt } = usePolicies();
  return (
    <Section title={t('program.margin')} help={t('program.margin_help')}>
      <Sentences all={[marginSentence(policies, say)]} />
      <FormLayout>
        <DecimalField
          label={t('field.policies.marginBasisPoints')}
          value={policies.marginBasisPoints}
          sign="%"
          per={hundredth}
          optional
          onChange={(marginBasisPoints) => change({ marginBasisPoints })}
          error={errorAt('policies.marginBasisPoints')}
        />
      </FormLayout>
    </Section>
  );
};

const kinds = ['none', 'after_months', 'inactivity_months', 'on_date'] as const;

const ExpiryFields = () => {
  const { t } = useWriting();
  const { draft, errorAt } = useProgram();
  const { policies } = draft.document;
  const { expiry } = policies;
  const set = (next: Policies['expiry']): void => draft.change({ policies: { ...policies, expiry: next } });
  const choose = (value: string): void => {
    const kind = kinds.find((one) => one === value) ?? 'none';
    const months = 'months' in expiry ? expiry.months : 12;
    if (kind === 'none') set({ kind });
    else if (kind === 'on_date') set({ kind, day: '' });
    else set(kind === 'after_months' ? { kind, months, endOfMonth: true } : { kind, months });
  };
  return (
    <BlockStack gap="300">
      <FieldGrid>
        <Select
          label={t('field.policies.expiry')}
          value={expiry.kind}
          options={kinds.map((value) => ({ value, label: t(`program.expiry_${value}`) }))}
          onChange={choose}
        />
        {expiry.kind === 'on_date' ? (
          <MomentField
            type="date"
            label={t('field.policies.expiry.day')}
            value={expiry.day}
            onChange={(day) => set({ ...expiry, day })}
            error={errorAt('policies.expiry.day')}
          />
        ) : null}
        {expiry.kind === 'none' || expiry.kind === 'on_date' ? null : (
          <NumberField
            label={t('field.policies.expiry.months')}
            value={expiry.months}
            onChange={(months) => set({ ...expiry, months })}
            error={errorAt('policies.expiry.months')}
          />
        )}
      </FieldGrid>
      {expiry.kind === 'after_months' ? (
        <Checkbox
          label={t('field.policies.expiry.endOfMonth')}
          checked={expiry.endOfMonth}
          onChange={(endOfMonth) => set({ ...expiry, endOfMonth })}
        />
      ) : null}
    </BlockStack>
  );
};
