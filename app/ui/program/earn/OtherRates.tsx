import { BlockStack, Button, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { newRate, type Rate } from '~/core/earning/newRate';
import { MoneyField, NumberField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid } from '../fields';
import { useProgram } from '../programContext';
import { Removable } from '../Removable';
import { currencies } from './currencies';

// What is suggested first, before the alphabet.
const frequent = ['EUR', 'USD', 'GBP', 'CHF'];

/** The rates of other currencies than the shop's: of orders from other stores, or from before it changed its own. */
export const OtherRates = () => {
  const { t, currency } = useWriting();
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  const { rates } = earning;
  const [added, setAdded] = useState<number | null>(null);
  const change = (next: Rate[]): void => draft.change({ earning: { ...earning, rates: next } });
  const free = [currency, ...frequent, ...currencies].filter((one) => rates.every((rate) => rate.currency !== one));
  const [first] = free;
  const add = (): void => {
    if (first === undefined) return;
    setAdded(rates.length);
    change([...rates, newRate(first, rates)]);
  };
  return (
    <BlockStack gap="300">
      {rates.map((rate, index) =>
        rate.currency === currency ? null : (
          <Removable
            key={rate.currency}
            label={t('program.remove_rate', { currency: rate.currency })}
            isNew={index === added}
            remove={() => {
              setAdded(null);
              change(rates.filter((one) => one !== rate));
            }}
          >
            <RateFields
              rate={rate}
              free={free}
              change={(next) => {
                setAdded(index);
                change(rates.map((one) => (one === rate ? next : one)));
              }}
              errorAt={(field) => errorAt(`earning.rates.${index}.${field}`)}
            />
          </Removable>
        ),
      )}
      <Text as="p" tone="subdued">
        {t('program.rates_help')}
      </Text>
      <InlineStack>
        <Button onClick={add} disabled={first === undefined}>
          {t('program.add_rate')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
};

type FieldsProps = {
  readonly rate: Rate;
  /** Currencies that have no rate yet. */
  readonly free: readonly string[];
  readonly change: (rate: Rate) => void;
  readonly errorAt: (field: string) => string | undefined;
};

const RateFields = ({ rate, free, change, errorAt }: FieldsProps) => {
  const { t } = useWriting();
  const { currency } = rate;
  const codes = [...new Set([currency, ...free])].sort();
  return (
    <BlockStack gap="300">
      <Select
        label={t('program.rate_currency')}
        value={currency}
        options={codes}
        onChange={(code) => change(newRate(code, [rate]))}
      />
      <FieldGrid>
        <NumberField
          label={t('program.rate_points', { currency })}
          value={rate.points}
          onChange={(points) => change({ ...rate, points })}
          error={errorAt('points')}
        />
        <MoneyField
          label={t('program.rate_amount', { currency })}
          minor={rate.amountMinor}
          currency={currency}
          onChange={(minor) => change({ ...rate, amountMinor: minor ?? Number.NaN })}
          error={errorAt('amountMinor')}
        />
      </FieldGrid>
    </BlockStack>
  );
};
