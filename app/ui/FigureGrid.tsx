import { InlineGrid } from '@shopify/polaris';
import { formatNumber } from '~/i18n/catalog';
import type { HomeFigures } from '~/views/homeFigures';
import { useWriting } from './language';
import { StatCard } from './StatCard';

// In whole percent; nothing can be said against nothing.
const changeOf = (now: number, before: number): number | null =>
  before <= 0 ? null : Math.round((now / before - 1) * 100) / 100;

/** This month against the same days of the last, and how the program stands. */
export const FigureGrid = ({
  figures,
}: {
  readonly figures: Pick<HomeFigures, 'now' | 'before' | 'totals' | 'liabilityMinor'>;
}) => {
  const { t, language, money, percent, points } = useWriting();
  const { totals, now, before } = figures;
  const against = (value: string) => t('home.last_month', { value });
  const number = (value: number) => formatNumber(language, value);
  const signed = (value: number) => `${value > 0 ? '+' : ''}${number(value)}`;
  const repeat = totals.buyers === 0 ? 0 : totals.repeatBuyers / totals.buyers;
  return (
    <InlineGrid columns={{ xs: 2, lg: 3 }} gap={{ xs: '200', sm: '400' }}>
      <StatCard
        label={t('home.issued')}
        value={points(now.issued)}
        change={changeOf(now.issued, before.issued)}
        note={against(number(before.issued))}
        more={now.byHand ? t('home.by_hand', { points: signed(now.byHand) }) : undefined}
      />
      <StatCard
        label={t('home.redeemed')}
        value={points(now.redeemed)}
        change={changeOf(now.redeemed, before.redeemed)}
        note={against(number(before.redeemed))}
      />
      <StatCard
        label={t('home.outstanding')}
        value={points(totals.outstanding + totals.pending)}
        note={t('home.liability', { value: money(figures.liabilityMinor) })}
      />
      <StatCard
        label={t('home.members')}
        value={number(totals.members)}
        note={t('home.buyers', { count: totals.buyers })}
      />
      <StatCard
        label={t('home.orders')}
        value={money(now.paidMinor)}
        change={changeOf(now.paidMinor, before.paidMinor)}
        note={against(money(before.paidMinor))}
      />
      <StatCard label={t('home.repeat')} value={percent(repeat)} note={t('home.repeat_help')} />
    </InlineGrid>
  );
};
