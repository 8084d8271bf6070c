import { Text, useBreakpoints } from '@shopify/polaris';
import type { MonthOf, Results } from '~/core/simulation/results';
import { dateFormatOf, formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { WideTable } from '~/ui/WideTable';
import { Section } from '~/ui/program/Section';
import type { SimulationPage } from '../views/simulationPage';

type Props = Pick<SimulationPage, 'tiers'> & { readonly results: Results };

const points = ['issued', 'takenBack', 'redeemed', 'lapsed', 'open', 'rewards'] as const;

/**
 * Every month's figures: the published version's, then the draft's. Members by tier where there are tiers. On a phone
 * there is no room for so many columns: the months stand one below the other.
 */
export const MonthTable = ({ results, tiers }: Props) => {
  const { t, language } = useWriting();
  const { smDown } = useBreakpoints();
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
  const rows = results.months.map((month, index) => ({
    month: monthOf(month),
    values: columns.map(({ heading, of }) => ({ heading, value: both(index, of) })),
  }));
  return (
    <Section title={t('simulation.months')} help={t('simulation.months_help')}>
      {smDown ? (
        rows.map((row, index) => <Month key={row.month} {...row} isOpen={index === rows.length - 1} />)
      ) : (
        <WideTable
          name={t('simulation.months')}
          columnContentTypes={['text', ...columns.map(() => 'numeric' as const)]}
          headings={[t('home.month'), ...columns.map(({ heading }) => heading)]}
          rows={rows.map(({ month, values }) => [month, ...values.map(({ value }) => value)])}
          increasedTableDensity
        />
      )}
    </Section>
  );
};

type MonthProps = {
  readonly month: string;
  readonly values: readonly { readonly heading: string; readonly value: string }[];
  /** Its values are there without a touch. */
  readonly isOpen: boolean;
};

const Month = ({ month, values, isOpen }: MonthProps) => (
  <details open={isOpen}>
    <summary style={{ cursor: 'pointer' }}>
      <Text as="span" variant="headingSm">
        {month}
      </Text>
    </summary>
    <dl style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '4px 16px', margin: '8px 0' }}>
      {values.map(({ heading, value }) => (
        <div key={heading}>
          <dt>
            <Text as="span" tone="subdued" variant="bodySm">
              {heading}
            </Text>
          </dt>
          <dd style={{ margin: 0 }}>{value}</dd>
        </div>
      ))}
    </dl>
  </details>
);
