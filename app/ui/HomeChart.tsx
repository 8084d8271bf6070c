import { useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Button, InlineStack, Select } from '@shopify/polaris';
import { useState } from 'react';
import type { MessageKey } from '~/i18n/catalog';
import type { ChartFigures, ChartRange } from '~/views/chartFigures';
import { useWriting } from './language';
import { PeriodChart } from './PeriodChart';
import { saveFile } from './saveFile';

// A range without its words does not compile.
const rangeWords = {
  '30d': 'home.range_30d',
  '13w': 'home.range_13w',
  '12m': 'home.range_12m',
} as const satisfies Record<ChartRange, MessageKey>;
const ranges = Object.entries(rangeWords).map(([value, words]) => ({ value, words }));

type Shown = 'points' | 'orders';

/** Points issued and redeemed, or what members ordered, over a range of the merchant's choice; with a file of it. */
export const HomeChart = ({ range, grain, periods }: ChartFigures) => {
  const { t, currency } = useWriting();
  const [, setParameters] = useSearchParams();
  const shopify = useAppBridge();
  const [shown, setShown] = useState<Shown>('points');
  const look = (next: string): void =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        after.set('range', next);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  const save = (): void =>
    void saveFile(`/app/figures.csv?range=${range}`, `fidelio-figures-${range}.csv`).catch(() =>
      shopify.toast.show(t('export.failed'), { isError: true }),
    );
  const valuesOf = (figure: 'issued' | 'redeemed' | 'paidMinor') => periods.map((one) => one[figure]);
  const parts = { grain, periods: periods.map(({ period }) => period) };
  const controls = (
    <InlineStack gap="200" blockAlign="center">
      <Select
        label={t('home.shown')}
        labelHidden
        options={[
          { value: 'points', label: t('home.chart') },
          { value: 'orders', label: t('home.orders') },
        ]}
        value={shown}
        onChange={(next) => setShown(next === 'orders' ? 'orders' : 'points')}
      />
      <Select
        label={t('home.range')}
        labelHidden
        options={ranges.map(({ value, words }) => ({ value, label: t(words) }))}
        value={range}
        onChange={look}
      />
      <Button onClick={save}>{t('home.export')}</Button>
    </InlineStack>
  );
  return shown === 'orders' ? (
    <PeriodChart
      {...parts}
      title={t('home.over_time')}
      series={[{ label: t('home.paid'), values: valuesOf('paidMinor') }]}
      currency={currency}
    >
      {controls}
    </PeriodChart>
  ) : (
    <PeriodChart
      {...parts}
      title={t('home.over_time')}
      series={[
        { label: t('home.issued'), values: valuesOf('issued') },
        { label: t('home.redeemed'), values: valuesOf('redeemed') },
      ]}
    >
      {controls}
    </PeriodChart>
  );
};
