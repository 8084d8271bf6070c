import { BlockStack, Box, Button, InlineGrid, Text } from '@shopify/polaris';
import type { MonthOf, Results } from '~/core/simulation/results';
import { formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { PeriodChart } from '~/ui/PeriodChart';
import { Section } from '~/ui/program/Section';
import { StatCard } from '~/ui/StatCard';
import type { SimulationPage } from '../views/simulationPage';
import { BandTable } from './BandTable';
import { ChangeTable } from './ChangeTable';
import { MonthTable } from './MonthTable';

type Props = Pick<SimulationPage, 'tiers' | 'names'> & {
  readonly results: Results;
  /** In basis points. */
  readonly chance: number;
  readonly save: () => void;
};

// Cards go to the edge of a phone's screen, text does not.
const edge = { xs: '400', sm: '0' } as const;
const whole = 10_000;
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** What twelve months would have come to by the draft, beside the published version. */
export const ResultCards = ({ results, chance, tiers, names, save }: Props) => {
  const { t } = useWriting();
  const { months, currency } = results;
  if (results.orders === 0)
    return (
      <Section title={t('simulation.nothing')}>
        <Text as="p">{t('simulation.nothing_help')}</Text>
      </Section>
    );
  const sides = (of: (month: MonthOf) => number) =>
    [
      { label: t('simulation.published'), values: results.published.map(of) },
      { label: t('simulation.draft'), values: results.draft.map(of) },
    ] as const;
  return (
    <BlockStack gap="400">
      <Totals results={results} chance={chance} />
      <PeriodChart title={t('simulation.issued')} periods={months} series={sides(({ issued }) => issued)} />
      <PeriodChart
        title={t('simulation.cost')}
        periods={months}
        series={sides(({ costMinor }) => costMinor)}
        currency={currency}
      />
      <PeriodChart
        title={t('simulation.liability')}
        periods={months}
        series={sides(({ openMinor }) => openMinor)}
        currency={currency}
      />
      <MonthTable results={results} tiers={tiers} />
      <Section title={t('simulation.bands')} help={t('simulation.bands_help')}>
        <BandTable results={results} />
      </Section>
      {(['winners', 'losers'] as const).map((side) =>
        results[side].length === 0 ? null : (
          <Section key={side} title={t(`simulation.${side}`)}>
            <ChangeTable title={t(`simulation.${side}`)} changes={results[side]} names={names} currency={currency} />
          </Section>
        ),
      )}
      <Box paddingInline={edge}>
        <Button onClick={save}>{t('simulation.export')}</Button>
      </Box>
    </BlockStack>
  );
};

/** The year in a few figures: the draft's, and the published version's below. */
const Totals = ({ results, chance }: Pick<Props, 'results' | 'chance'>) => {
  const { t, money, percent, language } = useWriting();
  const { currency, revenueMinor, draft, published } = results;
  const revenue = sumOf(revenueMinor);
  const against = (value: string): string => t('simulation.against', { value });
  const points = (side: readonly MonthOf[]): string => formatNumber(language, sumOf(side.map(({ issued }) => issued)));
  const cost = (side: readonly MonthOf[]): number => sumOf(side.map(({ costMinor }) => costMinor));
  const share = (side: readonly MonthOf[]): string => percent(revenue === 0 ? 0 : cost(side) / revenue);
  const open = (side: readonly MonthOf[]): number => side.at(-1)?.openMinor ?? 0;
  return (
    <BlockStack gap="200">
      <InlineGrid columns={{ xs: 2, lg: 4 }} gap={{ xs: '200', sm: '400' }}>
        <StatCard label={t('simulation.issued')} value={points(draft)} note={against(points(published))} />
        <StatCard
          label={t('simulation.cost')}
          value={money(cost(draft), currency)}
          note={against(money(cost(published), currency))}
        />
        <StatCard label={t('simulation.share')} value={share(draft)} note={against(share(published))} />
        <StatCard
          label={t('simulation.liability')}
          value={money(open(draft), currency)}
          note={against(money(open(published), currency))}
          more={t('simulation.expected', { value: money(Math.round((open(draft) * chance) / whole), currency) })}
        />
      </InlineGrid>
      <Box paddingInline={edge}>
        <Text as="p" tone="subdued">
          {t('simulation.basis', {
            orders: t('sentence.orders', { count: results.orders }),
            members: t('simulation.basis_members', { count: results.members }),
            revenue: money(revenue, currency),
          })}
        </Text>
        {results.sampleOf == null ? null : (
          <Text as="p" tone="subdued">
            {t('simulation.sample', { all: formatNumber(language, results.sampleOf) })}
          </Text>
        )}
      </Box>
    </BlockStack>
  );
};
