import { balanceOf, spendable } from '../ledger/balance';
import { isAvailable } from '../ledger/lots';
import type { OpenLedger } from '../ledger/types';
import { backBy, codeOf, type Redemption } from '../redemptions/states';
import { instant, isoOf, type Instant } from '../values/instant';
import { isoDateOf, localClockOf, localDateOf } from '../values/zone';
import type { MemberSummary } from './summary';

/** What the storefront may show of a member at a moment. */
export const memberSummary = (
  open: OpenLedger,
  redemptions: readonly Redemption[],
  zone: string,
  now: Instant,
): MemberSummary => {
  const balance = balanceOf(open, now);
  return {
    v: 1,
    available: spendable(balance),
    pending: balance.pending,
    debt: balance.debt,
    expiring: nextToLapse(open, zone, now),
    returning: onTheWayBack(redemptions, zone, now),
    codes: redemptions
      .filter(({ state, endsAt, code }) => state === 'issued' && endsAt > now && code !== null)
      .map((redemption) => ({
        redemption_id: redemption.id,
        reward_id: redemption.rewardId,
        code: codeOf(redemption),
        points: redemption.points,
        amount_minor: redemption.amountMinor,
        ends_at: isoOf(redemption.endsAt),
      })),
  };
};

const isOnTheWayBack = ({ state, endsAt }: Redemption, now: Instant): boolean =>
  state === 'cancelling' || state === 'expiring' || (state === 'issued' && endsAt <= now);

const onTheWayBack = (redemptions: readonly Redemption[], zone: string, now: Instant): MemberSummary['returning'] => {
  const ended = redemptions.filter((redemption) => isOnTheWayBack(redemption, now));
  if (ended.length === 0) return null;
  const by = instant(Math.max(...ended.map(backBy)));
  const { isoDate, minuteOfDay } = localClockOf(by, zone);
  const two = (number: number): string => String(number).padStart(2, '0');
  return {
    points: ended.reduce((sum, { points }) => sum + points, 0),
    by: `${isoDate}T${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`,
    by_epoch: by / 1000,
  };
};

/** The points that lapse on the nearest local day, and that day: the last on which they can be spent. */
const nextToLapse = (open: OpenLedger, zone: string, now: Instant): MemberSummary['expiring'] => {
  const dated = open.slices.flatMap((slice) =>
    slice.remaining > 0 && slice.expiresAt !== null && isAvailable(slice, now)
      ? [{ points: slice.remaining as number, on: isoDateOf(localDateOf(instant(slice.expiresAt - 1), zone)) }]
      : [],
  );
  const on = dated.map((part) => part.on).sort()[0];
  if (on === undefined) return null;
  return { on, points: dated.reduce((sum, part) => (part.on === on ? sum + part.points : sum), 0) };
};
