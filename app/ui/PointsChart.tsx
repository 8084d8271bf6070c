import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { MonthFigures } from '~/views/homeFigures';
import { formatNumber, localeOf } from '~/i18n/catalog';
import { useWriting } from './language';

const width = 720;
const height = 200;
const issuedColor = '#2c6ecb';
const redeemedColor = '#e0a526';

/** Points issued and redeemed, month by month: a picture for the eye, a table for everybody else. */
export const PointsChart = ({ months }: { readonly months: readonly MonthFigures[] }) => {
  const { t, language } = useWriting();
  const top = Math.max(1, ...months.map(({ issued, redeemed }) => Math.max(issued, redeemed)));
  const slot = width / months.length;
  const bar = (value: number): number => (Math.max(0, value) / top) * (height - 8);
  const nameOf = (month: string): string =>
    new Intl.DateTimeFormat(localeOf[language], { month: 'short', timeZone: 'UTC' }).format(
      Date.parse(`${month}-15T00:00:00Z`),
    );
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('home.chart')}
          </Text>
          <InlineStack gap="300">
            <Legend color={issuedColor} label={t('home.issued')} />
            <Legend color={redeemedColor} label={t('home.redeemed')} />
          </InlineStack>
        </InlineStack>
        <svg viewBox={`0 0 ${width} ${height}`} width="100%" role="presentation" aria-hidden="true">
          <line x1="0" x2={width} y1={height - 1} y2={height - 1} stroke="#d4d4d4" />
          {months.map(({ month, issued, redeemed }, index) => {
            const left = index * slot + slot * 0.2;
            const thick = slot * 0.28;
            const base = height - 1;
            return (
              <g key={month}>
                <rect x={left} y={base - bar(issued)} width={thick} height={bar(issued)} fill={issuedColor} rx="2" />
                <rect
                  x={left + thick + 2}
                  y={base - bar(redeemed)}
                  width={thick}
                  height={bar(redeemed)}
                  fill={redeemedColor}
                  rx="2"
                />
              </g>
            );
          })}
        </svg>
        <div
          aria-hidden="true"
          style={{
            display: 'grid',
            gridTemplateColumns: `repeat(${months.length}, 1fr)`,
            textAlign: 'center',
            fontSize: 11,
            color: '#616161',
          }}
        >
          {months.map(({ month }) => (
            <span key={month}>{nameOf(month)}</span>
          ))}
        </div>
        <table
          style={{
            position: 'absolute',
            width: 1,
            height: 1,
            overflow: 'hidden',
            clipPath: 'inset(50%)',
            whiteSpace: 'nowrap',
          }}
        >
          <caption>{t('home.chart')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('home.month')}</th>
              <th scope="col">{t('home.issued')}</th>
              <th scope="col">{t('home.redeemed')}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, issued, redeemed }) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td>{formatNumber(language, issued)}</td>
                <td>{formatNumber(language, redeemed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </BlockStack>
    </Card>
  );
};

const Legend = ({ color, label }: { readonly color: string; readonly label: string }) => (
  <InlineStack gap="100" blockAlign="center">
    <span
      aria-hidden="true"
      style={{ width: 10, height: 10, borderRadius: 2, background: color, display: 'inline-block' }}
    />
    <Text as="span" variant="bodySm">
      {label}
    </Text>
  </InlineStack>
);
