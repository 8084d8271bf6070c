import { Checkbox, FormLayout, Select, Text } from '@shopify/polaris';
import type { Rate } from '~/core/earning/newRate';
import { pointsForAmount } from '~/core/earning/preview';
import { ordinaryUnit } from '~/core/values/money';
import { basisSentences, rateSentence } from '~/i18n/sentences/earning';
import { MoneyField, NumberField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid } from '../fields';
import { HoldField } from '../HoldField';
import { useProgram } from '../programContext';
import { Section, Sentences } from '../Section';
import { OtherRates } from './OtherRates';

const roundings = ['floor', 'nearest', 'ceil'] as const;
const moments = ['paid', 'fulfilled'] as const;
const exampleUnits = 50;

/** How many points an order earns, in each currency, and when. */
export const RateCard = () => {
  const { t, ...say } = useWriting();
  const { currency } = say;
  const { draft } = useProgram();
  const { earning } = draft.document;
  const change = (part: Partial<typeof earning>): void => draft.change({ earning: { ...earning, ...part } });
  const at = earning.rates.findIndex((rate) => rate.currency === currency);
  const rate = earning.rates[at];
  return (
    <Section title={t('program.rate')} help={t('program.earn_help')}>
      <Sentences all={[...earning.rates.map((one) => rateSentence(one, say)), ...basisSentences(earning, say)]} />
      <FormLayout>
        {rate === undefined ? null : <OwnRate rate={rate} at={at} />}
        <OtherRates />
        <FieldGrid>
          <Select
            label={t('program.rounding')}
            value={earning.rounding}
            options={roundings.map((value) => ({ value, label: t(`program.rounding_${value}`) }))}
            onChange={(value) => change({ rounding: roundings.find((one) => one === value) ?? 'floor' })}
          />
          <Select
            label={t('program.moment')}
            value={earning.awardMoment}
            options={moments.map((value) => ({ value, label: t(`program.moment_${value}`) }))}
            onChange={(value) => change({ awardMoment: moments.find((one) => one === value) ?? 'paid' })}
          />
          <HoldField />
        </FieldGrid>
        <Checkbox
          label={t('program.include_tax')}
          checked={earning.includeTax}
          onChange={(includeTax) => change({ includeTax })}
        />
        <Checkbox
          label={t('program.include_shipping')}
          checked={earning.includeShipping}
          onChange={(includeShipping) => change({ includeShipping })}
        />
      </FormLayout>
    </Section>
  );
};

/** The rate of the shop's own currency, with an example that follows every change. */
const OwnRate = ({ rate, at }: { readonly rate: Rate; readonly at: number }) => {
  const { t, money, points } = useWriting();
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  const { currency } = rate;
  const set = (part: Partial<Rate>): void =>
    draft.change({
      earning: { ...earning, rates: earning.rates.map((one) => (one === rate ? { ...rate, ...part } : one)) },
    });
  const order = exampleUnits * ordinaryUnit(currency);
  const earned = pointsForAmount(order, currency, earning);
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <NumberField
          label={t('program.points_field')}
          value={rate.points}
          onChange={(value) => set({ points: value })}
          error={errorAt(`earning.rates.${at}.points`)}
        />
        <MoneyField
          label={t('program.amount_field')}
          minor={rate.amountMinor}
          currency={currency}
          onChange={(minor) => set({ amountMinor: minor ?? Number.NaN })}
          error={errorAt(`earning.rates.${at}.amountMinor`)}
        />
      </FormLayout.Group>
      <Text as="p" tone={earned === 0 ? 'subdued' : 'base'}>
        {earned === 0
          ? t('program.example_open')
          : t('program.example', { order: money(order), points: points(earned) })}
      </Text>
    </FormLayout>
  );
};
