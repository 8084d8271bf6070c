import { bandLimits, type Results } from '~/core/simulation/results';
import { formatNumber } from '~/i18n/catalog';
import { begun } from '~/i18n/sentences/say';
import { useWriting } from '~/ui/language';
import { WideTable } from '~/ui/WideTable';

/** How many members lose, win or stay the same, by how much. */
export const BandTable = ({ results }: { readonly results: Results }) => {
  const { t, language, money } = useWriting();
  const { bands, currency } = results;
  const limits = bandLimits(currency);
  const amount = (index: number): string => money(Math.abs(limits[index] ?? 0), currency);
  const middle = limits.length / 2;
  const nameOf = (band: number): string => {
    if (band === 0) return t('simulation.loses_more', { amount: amount(0) });
    if (band === limits.length) return t('simulation.wins_more', { amount: amount(limits.length - 1) });
    if (band === middle) return t('simulation.same', { amount: amount(middle) });
    return band < middle
      ? t('simulation.loses', { from: amount(band), to: amount(band - 1) })
      : t('simulation.wins', { from: amount(band - 1), to: amount(band) });
  };
  return (
    <WideTable
      name={t('simulation.bands')}
      columnContentTypes={['text', 'numeric']}
      headings={[t('simulation.band'), t('simulation.members')]}
      rows={bands.map((count, band) => [begun({ language }, nameOf(band)), formatNumber(language, count)])}
      increasedTableDensity
    />
  );
};
