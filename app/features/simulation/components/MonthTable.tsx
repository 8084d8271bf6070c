import { DataTable } from '@shopify/polaris';
import type { MonthOf, Results } from '~/core/simulation/results';
import { dateFormatOf, formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { Section } from '~/ui/program/Section';
import type { SimulationPage } from '../views/simulationPage';

type Props = Pick<SimulationPage, 'tiers'> & { readonly results: Results };

const points = ['issued', 'takenBack', 'redeemed', 'lapsed', 'open', 'rewards'] as const;

/** Every month's figures: the published version's, then the draft's. Members by tier where there are tiers. */
export const MonthTable = ({ results, tiers }: Props) => {
  const { t, language } = useWriting();
  const number = (value: number): string => formatNumber(language, value);
  const monthOf = (month: string): string =>
    dateFormatOf(language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-15`));
  const both = (index: number, of: (month: MonthOf) => number): string =>
    [results.published[index], results.draft[index]]
      .map((month) => (month === undefined ? '' : number(of(month))))
      .join(' → ');
  const columns = [
    ...points.map((name) => ({
      heading: t(`simulation.column_${name}`),
      of: (month: MonthOf): number => month[name],
    })),
    ...tiers.map(({ id, name }) => ({ heading: name[language], of: (month: MonthOf): number => month.tiers[id] ?? 0 })),
  ];
  return (
    <Section title={t('simulation.months')} help={t('simulation.months_help')}>
      <DataTable
        columnContentTypes={['text', ...columns.map(() => 'numeric' as const)]}
        headings={[t('home.month'), ...columns.map(({ heading }) => heading)]}
        rows={results.months.map((month, index) => [monthOf(month), ...columns.map(({ of }) => both(index, of))])}
        increasedTableDensity
      />
    </Section>
  );
};
