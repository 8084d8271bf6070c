import { Checkbox, FormLayout, Select, Text } from '@shopify/polaris';
import { pointsForAmount } from '~/core/earning/preview';
import { ordinaryUnit } from '~/core/values/money';
import { basisSentences, rateSentence } from '~/i18n/sentences/earning';
import { MoneyField, NumberField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid } from '../fields';
import { useProgram } from '../programContext';
import { Section, Sentences } from '../Section';

const roundings = ['floor', 'nearest', 'ceil'] as const;
const moments = ['paid', 'fulfilled'] as const;
const exampleUnits = 50;

/** How many points an order earns, with an example that follows every change. */
export const RateCard = () => {
  const { t, money, points, ...say } = useWriting();
  const { currency } = say;
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  const change = (part: Partial<typeof earning>): void => draft.change({ earning: { ...earning, ...part } });
  const at = Math.max(
    0,
    earning.rates.findIndex((rate) => rate.currency === currency),
  );
  const rate = earning.rates[at] ?? { currency, points: 1, amountMinor: ordinaryUnit(currency) };
  const set = (part: Partial<typeof rate>): void =>
    change({ rates: [{ ...rate, ...part }, ...earning.rates.filter((one) => one.currency !== currency)] });
  const order = exampleUnits * ordinaryUnit(currency);
  const earned = pointsForAmount(order, currency, earning);
  return (
    <Section title={t('program.rate')} help={t('program.earn_help')}>
      <Sentences all={[...earning.rates.map((one) => rateSentence(one, say)), ...basisSentences(earning, say)]} />
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
