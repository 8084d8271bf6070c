import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { exponentOf, minorPerUnit } from '~/core/values/money';
import { formatNumber, localeOf, type Language, type MessageKey } from '~/i18n/catalog';
import type { Grain } from '~/views/chartFigures';
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
  /** How long each part is; months, unless said otherwise. */
  readonly grain?: Grain;
  /** A month as yyyy-mm, a day or a week's Monday as yyyy-mm-dd; the oldest first. */
  readonly periods: readonly string[];
  readonly series: readonly [Series] | readonly [Series, Series];
  /** Values are minor units of this money, and the axis counts in it; left out: they are plain numbers. */
  readonly currency?: string;
  /** What stands between the title and the picture. */
  readonly children?: ReactNode;
};

const columnWords = {
  day: 'home.day',
  week: 'home.week',
  month: 'home.month',
} as const satisfies Record<Grain, MessageKey>;

// There is room for the name of each month, but not of each day.
const namedEach = { day: 7, week: 3, month: 1 } as const satisfies Record<Grain, number>;

const dateStyles = {
  short: { day: { day: 'numeric', month: 'short' }, month: { month: 'short' } },
  long: { day: { dateStyle: 'medium' }, month: { month: 'long', year: 'numeric' } },
} as const;

/** Values by day, week or month: a picture with an axis for the eye, a table for everybody else. */
export const PeriodChart = ({ title, grain = 'month', periods, series, currency, children }: Props) => {
  const { t, language, money } = useWriting();
  const nameOf = (period: string, style: 'short' | 'long'): string =>
    new Intl.DateTimeFormat(localeOf[language], {
      ...dateStyles[style][grain === 'month' ? 'month' : 'day'],
      timeZone: 'UTC',
    }).format(Date.parse(`${grain === 'month' ? `${period}-15` : period}T00:00:00Z`));
  const format = (value: number): string =>
    currency === undefined ? formatNumber(language, value) : money(value, currency);
  const highest = Math.max(0, ...series.flatMap(({ values }) => values));
  const marks = axisOf(highest);
  const part = { grain, periods, series, nameOf, format };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <InlineStack gap="300">
            {highest === 0
              ? null
              : series.map(({ label }, index) => (
                  <Legend key={label} background={lookOf(index).pattern ?? lookOf(index).color} label={label} />
                ))}
          </InlineStack>
        </InlineStack>
        {children}
        {highest === 0 ? (
          <Text as="p" tone="subdued">
            {t('common.chart_empty')}
          </Text>
        ) : (
          <>
            <Plot {...part} marks={marks} mark={axisWords(language, currency, marks)} />
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

// "4,000", "€500"; large numbers short, for there is little room: "1.2M". Sums of less than a unit have all the digits
// of their money: "€0.02".
const axisWords = (language: Language, currency: string | undefined, marks: readonly number[]): MarkWords => {
  const per = currency === undefined ? 1 : minorPerUnit(currency);
  const isShort = (marks.at(-1) ?? 0) / per >= longest;
  const digits = currency === undefined || marks.every((mark) => mark % per === 0) ? 0 : exponentOf(currency);
  const { format } = new Intl.NumberFormat(localeOf[language], {
    notation: isShort ? 'compact' : 'standard',
    ...(isShort ? { maximumFractionDigits: 1 } : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    useGrouping: 'always',
    ...(currency === undefined ? {} : { style: 'currency', currencyDisplay: 'narrowSymbol', currency }),
  });
  return (value) => format(value / per);
};

type PartProps = Pick<Props, 'periods' | 'series'> & {
  readonly grain: Grain;
  readonly nameOf: (period: string, style: 'short' | 'long') => string;
  readonly format: (value: number) => string;
};

type PlotProps = PartProps & { readonly marks: readonly number[]; readonly mark: MarkWords };

const Plot = ({ grain, periods, series, nameOf, format, marks, mark: markIn }: PlotProps) => {
  const top = marks.at(-1) ?? 1;
  const longestMark = Math.max(4, ...marks.map((mark) => markIn(mark).length));
  const small = { fontSize: 11, color: '#616161' };
  return (
    <div
      aria-hidden="true"
      style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 8, rowGap: 4, paddingTop: 8 }}
    >
      <div style={{ ...small, position: 'relative', height, minWidth: `${longestMark}ch`, textAlign: 'right' }}>
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
        <div style={{ ...columns(periods.length), position: 'relative', height }}>
          {periods.map((period, at) => (
            <div key={period} style={{ display: 'flex', alignItems: 'end', justifyContent: 'center', gap: 2 }}>
              {series.map(({ label, values }, index) => (
                <Bar
                  key={label}
                  index={index}
                  title={`${nameOf(period, 'long')} · ${label}: ${format(values[at] ?? 0)}`}
                  part={(values[at] ?? 0) / top}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <span />
      <div style={{ ...small, ...columns(periods.length), textAlign: 'center' }}>
        {periods.map((period, at) => (
          <span key={period} style={{ ...nameBox, justifyContent: grain === 'month' ? 'center' : 'end' }}>
            {(periods.length - 1 - at) % namedEach[grain] === 0 ? nameOf(period, 'short') : ''}
          </span>
        ))}
      </div>
    </div>
  );
};

// The name of a day is wider than its column: it ends where the column does, so that on a phone the last one stays in
// the card and none touches the next.
const nameBox = { display: 'flex', whiteSpace: 'nowrap' } as const;

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
const ValueTable = ({ grain, periods, series, nameOf, format, title }: PartProps & Pick<Props, 'title'>) => {
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
              {t(columnWords[grain])}
            </th>
            {series.map(({ label }) => (
              <th scope="col" style={cell} key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((period, at) => (
            <tr key={period} style={{ borderTop: '1px solid #e3e3e3' }}>
              <th scope="row" style={{ ...cell, textAlign: 'left', fontWeight: 'normal' }}>
                {nameOf(period, 'long')}
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
