import type { MonthFigures } from '~/views/homeFigures';
import { useWriting } from './language';
import { MonthChart } from './MonthChart';

/** Points issued and redeemed, month by month. */
export const PointsChart = ({ months }: { readonly months: readonly MonthFigures[] }) => {
  const { t } = useWriting();
  return (
    <MonthChart
      title={t('home.chart')}
      months={months.map(({ month }) => month)}
      series={[
        { label: t('home.issued'), values: months.map(({ issued }) => issued) },
        { label: t('home.redeemed'), values: months.map(({ redeemed }) => redeemed) },
      ]}
    />
  );
};
