import type { LotLife } from './lotLife';
import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { ok, type Result } from '../values/result';
import { holdPoints, type HoldRefusal } from './hold';
import { creditPlan } from './plan';
import type { Entry, LedgerPlan, OpenLedger } from './types';

/** Corrects a balance. Points that are given open a lot of that life; taking more than is available is refused. */
export const adjustLedger = (
  open: OpenLedger,
  draft: Omit<Entry, 'points' | 'forgiven'>,
  amount: number,
  life: LotLife,
  now: Instant,
): Result<LedgerPlan, HoldRefusal> =>
  amount < 0
    ? holdPoints(open, draft, -amount, now)
    : ok(creditPlan({ ...draft, points: points(amount), forgiven: zeroPoints }, { originOrder: null, ...life }));
