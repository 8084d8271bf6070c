import { balanceOf, spendable } from '../ledger/balance';
import { isAvailable } from '../ledger/lots';
import type { OpenLedger } from '../ledger/types';
import { backBy, codeOf, type Redemption } from '../redemptions/states';
import { instant, isoOf, type Instant } from '../values/instant';
import { isoDateOf, localClockOf, localDateOf, timeOf } from '../values/zone';
import type { RewardGrant } from '../rewards/grants';
import type { TierForecast } from '../tiers/forecast';
import type { MemberBalance, MemberSummary } from './summary';
import { memberTier } from './tierSummary';

/** What of the store it depends on. */
type Shop = { readonly timeZone: string; readonly codeHoldMinutes: number };

/** A redemption, and where it is known what it turned into. */
type Held = Redemption & { readonly grant?: RewardGrant };

/** What the storefront may show of a member at a moment, and of the tier: `forecast`, null where nobody knows. */
export const memberSummary = (
  open: OpenLedger,
  redemptions: readonly Held[],
  shop: Shop,
  now: Instant,
  forecast: TierForecast | null,
): MemberSummary => ({
  ...memberBalance(open, redemptions, shop, now),
  tier: forecast === null ? null : memberTier(forecast),
});

/** The same without the tier. */
export const memberBalance = (
  open: OpenLedger,
  redemptions: readonly Held[],
  shop: Shop,
  now: Instant,
): MemberBalance => {
  const balance = balanceOf(open, now);
  return {
    v: 1,
    available: spendable(balance),
    pending: balance.pending,
    debt: balance.debt,
    expiring: nextToLapse(open, shop.timeZone, now),
    returning: onTheWayBack(redemptions, shop, now),
    codes: redemptions
      .filter(({ state, endsAt, code }) => state === 'issued' && endsAt > now && code !== null)
      .map((redemption) => ({
        redemption_id: redemption.id,
        reward_id: redemption.rewardId,
        code: codeOf(redemption),
        points: redemption.points,
        amount_minor: redemption.amountMinor,
        ...(redemption.grant?.kind === 'free_product' ? { variant_id: redemption.grant.variantId } : {}),
        ends_at: isoOf(redemption.endsAt),
        last_day: lastDayOf(redemption.endsAt, shop.timeZone),
      })),
  };
};

// Only a code comes back by itself: what staff has not done in time is still owed.
const isOnTheWayBack = ({ state, endsAt, code }: Redemption, now: Instant): boolean =>
  code !== null && (state === 'cancelling' || state === 'expiring' || (state === 'issued' && endsAt <= now));

const onTheWayBack = (
  redemptions: readonly Redemption[],
  { timeZone, codeHoldMinutes }: Shop,
  now: Instant,
): MemberSummary['returning'] => {
  const ended = redemptions.filter((redemption) => isOnTheWayBack(redemption, now));
  if (ended.length === 0) return null;
  const by = instant(Math.max(...ended.map((redemption) => backBy(redemption, codeHoldMinutes))));
  const clock = localClockOf(by, timeZone);
  return {
    points: ended.reduce((sum, { points }) => sum + points, 0),
    by: `${clock.isoDate}T${timeOf(clock)}`,
    by_epoch: by / 1000,
  };
};

// An end is the first moment that is too late.
const lastDayOf = (end: number, zone: string): string => isoDateOf(localDateOf(instant(end - 1), zone));

/** The points that lapse on the nearest local day, and that day: the last on which they can be spent. */
const nextToLapse = (open: OpenLedger, zone: string, now: Instant): MemberSummary['expiring'] => {
  const dated = open.slices.flatMap((slice) =>
    slice.remaining > 0 && slice.expiresAt !== null && isAvailable(slice, now)
      ? [{ points: slice.remaining as number, on: lastDayOf(slice.expiresAt, zone) }]
      : [],
  );
  const on = dated.map((part) => part.on).sort()[0];
  if (on === undefined) return null;
  return { on, points: dated.reduce((sum, part) => (part.on === on ? sum + part.points : sum), 0) };
};
