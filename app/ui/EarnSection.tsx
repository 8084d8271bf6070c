import { BlockStack, Card, Checkbox, FormLayout, Select, Text } from '@shopify/polaris';
import { pointsForAmount } from '~/core/earning/preview';
import type { ProgramDocument } from '~/core/program/document';
import { minorPerUnit } from '~/core/values/money';
import { MoneyField, NumberField } from './fields';
import { useWriting } from './language';

type Earning = ProgramDocument['earning'];
type Props = {
  readonly earning: Earning;
  readonly change: (earning: Earning) => void;
  readonly errorAt: (field: string) => string | undefined;
};

const roundings = ['floor', 'nearest', 'ceil'] as const;
const moments = ['paid', 'fulfilled'] as const;
const exampleUnits = 50;

/** How many points an order earns, with an example that follows every change. */
export const EarnSection = ({ earning, change, errorAt }: Props) => {
  const { t, currency, money, points } = useWriting();
  const at = Math.max(
    0,
    earning.rates.findIndex((rate) => rate.currency === currency),
  );
  const rate = earning.rates[at] ?? { currency, points: 1, amountMinor: minorPerUnit(currency) };
  const set = (part: Partial<typeof rate>): void => {
    const rates = earning.rates.filter((one) => one.currency !== currency);
    change({ ...earning, rates: [{ ...rate, ...part }, ...rates] });
  };
  const order = exampleUnits * minorPerUnit(currency);
  const earned = pointsForAmount(order, currency, earning);
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('program.earn')}
          </Text>
          <Text as="p" tone="subdued">
            {t('program.earn_help')}
          </Text>
        </BlockStack>
        <FormLayout>
          <FormLayout.Group condensed>
            <NumberField
              label={t('program.points_field')}
              value={rate.points}
              onChange={(value) => set({ points: value })}
              error={errorAt(`rates.${at}.points`)}
            />
            <MoneyField
              label={t('program.amount_field')}
              minor={rate.amountMinor}
              currency={currency}
              onChange={(minor) => set({ amountMinor: minor ?? Number.NaN })}
              error={errorAt(`rates.${at}.amountMinor`)}
            />
          </FormLayout.Group>
          <Text as="p" tone={earned === 0 ? 'subdued' : 'base'}>
            {earned === 0
              ? t('program.example_open')
              : t('program.example', { order: money(order), points: points(earned) })}
          </Text>
          <FormLayout.Group condensed>
            <Select
              label={t('program.rounding')}
              value={earning.rounding}
              options={roundings.map((value) => ({ value, label: t(`program.rounding_${value}`) }))}
              onChange={(value) => change({ ...earning, rounding: roundings.find((one) => one === value) ?? 'floor' })}
            />
            <Select
              label={t('program.moment')}
              value={earning.awardMoment}
              options={moments.map((value) => ({ value, label: t(`program.moment_${value}`) }))}
              onChange={(value) => change({ ...earning, awardMoment: moments.find((one) => one === value) ?? 'paid' })}
            />
          </FormLayout.Group>
          <NumberField
            label={t('program.hold_days')}
            value={earning.holdDays}
            onChange={(holdDays) => change({ ...earning, holdDays })}
            error={errorAt('holdDays')}
          />
          <Checkbox
            label={t('program.include_tax')}
            checked={earning.includeTax}
            onChange={(includeTax) => change({ ...earning, includeTax })}
          />
          <Checkbox
            label={t('program.include_shipping')}
            checked={earning.includeShipping}
            onChange={(includeShipping) => change({ ...earning, includeShipping })}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
};
