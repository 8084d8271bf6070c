import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { minorPerUnit } from '~/core/values/money';
import { formatNumber, localeOf, type Language } from '~/i18n/catalog';
import { axisOf } from './axis';
import { useWriting } from './language';

const height = 200;

// Two at most: told apart by colour and by pattern.
const looks = [
  { color: '#2c6ecb', pattern: null },
  { color: '#8a6116', pattern: 'repeating-linear-gradient(45deg, #8a6116 0 3px, #f3d9a4 3px 6px)' },
] as const;

type Series = { readonly label: string; readonly values: readonly number[] };

type Props = {
  readonly title: string;
  /** yyyy-mm, the oldest first. */
  readonly months: readonly string[];
  readonly series: readonly [Series] | readonly [Series, Series];
  /** Values are minor units of this money, and the axis counts in it; left out: they are plain numbers. */
  readonly currency?: string;
};

/** Values month by month: a picture with an axis for the eye, a table for everybody else. */
export const MonthChart = ({ title, months, series, currency }: Props) => {
  const { t, language, money } = useWriting();
  const nameOf = (month: string, style: 'short' | 'long'): string =>
    new Intl.DateTimeFormat(localeOf[language], {
      month: style,
      ...(style === 'long' ? { year: 'numeric' as const } : {}),
      timeZone: 'UTC',
    }).format(Date.parse(`${month}-15T00:00:00Z`));
  const format = (value: number): string =>
    currency === undefined ? formatNumber(language, value) : money(value, currency);
  const highest = Math.max(0, ...series.flatMap(({ values }) => values));
  const part = { months, series, nameOf, format };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <InlineStack gap="300">
            {series.map(({ label }, index) => (
              <Legend key={label} background={lookOf(index).pattern ?? lookOf(index).color} label={label} />
            ))}
          </InlineStack>
        </InlineStack>
        {highest === 0 ? (
          <Text as="p" tone="subdued">
            {t('common.chart_empty')}
          </Text>
        ) : (
          <>
            <Plot {...part} highest={highest} mark={axisWords(language, currency, highest)} />
            <ValueTable {...part} title={title} />
          </>
        )}
      </BlockStack>
    </Card>
  );
};

const lookOf = (index: number) => looks[index] ?? looks[0];

type MarkWords = (value: number) => string;

const longest = 100_000;

// "4,000", "€500"; large numbers short, for there is little room: "1.2M".
const axisWords = (language: Language, currency: string | undefined, highest: number): MarkWords => {
  const per = currency === undefined ? 1 : minorPerUnit(currency);
  const notation = highest / per < longest ? 'standard' : 'compact';
  const short = { notation, maximumFractionDigits: 1, useGrouping: 'always' } as const;
  const money = { style: 'currency', currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0 } as const;
  const { format } = new Intl.NumberFormat(localeOf[language], {
    ...short,
    ...(currency === undefined ? {} : { ...money, currency }),
  });
  return (value) => format(value / per);
};

type PartProps = Pick<Props, 'months' | 'series'> & {
  readonly nameOf: (month: string, style: 'short' | 'long') => string;
  readonly format: (value: number) => string;
};

type PlotProps = PartProps & { readonly highest: number; readonly mark: MarkWords };

const Plot = ({ months, series, nameOf, format, highest, mark: markIn }: PlotProps) => {
  const marks = axisOf(highest);
  const top = marks.at(-1) ?? 1;
  const small = { fontSize: 11, color: '#616161' };
  return (
    <div
      aria-hidden="true"
      style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 8, rowGap: 4, paddingTop: 8 }}
    >
      <div style={{ ...small, position: 'relative', height, minWidth: 32, textAlign: 'right' }}>
        {marks.map((mark) => (
          <div key={mark} style={{ position: 'absolute', right: 0, bottom: `calc(${(mark / top) * 100}% - 8px)` }}>
            {markIn(mark)}
          </div>
        ))}
      </div>
      <div style={{ position: 'relative', height }}>
        {marks.map((mark) => (
          <div
            key={mark}
            style={{
              ...{ position: 'absolute', left: 0, right: 0, bottom: `${(mark / top) * 100}%` },
              borderBottom: `1px solid ${mark === 0 ? '#8a8a8a' : '#e3e3e3'}`,
            }}
          />
        ))}
        <div style={{ ...columns(months.length), position: 'relative', height }}>
          {months.map((month, at) => (
            <div key={month} style={{ display: 'flex', alignItems: 'end', justifyContent: 'center', gap: 2 }}>
              {series.map(({ label, values }, index) => (
                <Bar
                  key={label}
                  index={index}
                  title={`${nameOf(month, 'long')} · ${label}: ${format(values[at] ?? 0)}`}
                  part={(values[at] ?? 0) / top}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <span />
      <div style={{ ...small, ...columns(months.length), textAlign: 'center' }}>
        {months.map((month) => (
          <span key={month}>{nameOf(month, 'short')}</span>
        ))}
      </div>
    </div>
  );
};

const columns = (count: number) => ({ display: 'grid', gridTemplateColumns: `repeat(${count}, minmax(0, 1fr))` });

type BarProps = { readonly index: number; readonly title: string; readonly part: number };

const Bar = ({ index, title, part }: BarProps) => {
  const { color, pattern } = lookOf(index);
  return (
    <div
      title={title}
      style={{
        ...{ width: '30%', height: `${Math.max(0, part) * 100}%` },
        ...{ background: pattern ?? color, border: `1px solid ${color}`, borderRadius: '2px 2px 0 0' },
        ...(part > 0 ? {} : { visibility: 'hidden' as const }),
      }}
    />
  );
};

/** The values of the chart, for the reader's eye on demand and for screen readers at once. */
const ValueTable = ({ months, series, nameOf, format, title }: PartProps & Pick<Props, 'title'>) => {
  const { t } = useWriting();
  const cell = { textAlign: 'right', padding: '4px 8px' } as const;
  return (
    <details>
      <summary style={{ cursor: 'pointer' }} aria-label={`${t('home.chart_values')}: ${title}`}>
        {t('home.chart_values')}
      </summary>
      <table style={{ borderCollapse: 'collapse', marginTop: 8, width: '100%', maxWidth: 480 }}>
        <thead>
          <tr>
            <th scope="col" style={{ ...cell, textAlign: 'left' }}>
              {t('home.month')}
            </th>
            {series.map(({ label }) => (
              <th scope="col" style={cell} key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month, at) => (
            <tr key={month} style={{ borderTop: '1px solid #e3e3e3' }}>
              <th scope="row" style={{ ...cell, textAlign: 'left', fontWeight: 'normal' }}>
                {nameOf(month, 'long')}
              </th>
              {series.map(({ label, values }) => (
                <td style={cell} key={label}>
                  {format(values[at] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
};

const Legend = ({ background, label }: { readonly background: string; readonly label: string }) => (
  <InlineStack gap="100" blockAlign="center">
    <span aria-hidden="true" style={{ width: 12, height: 12, borderRadius: 2, background, display: 'inline-block' }} />
    <Text as="span" variant="bodySm">
      {label}
    </Text>
  </InlineStack>
);
