import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { balanceOf } from '~/core/ledger/balance';
import { isActivity } from '~/core/ledger/entryKinds';
import { lapseLots } from '~/core/ledger/lapse';
import { openMemberBook } from '~/core/ledger/memberBook';
import { lengthenLots, renews, type LapsedSlice, type Renewal } from '~/core/ledger/renew';
import { ledgerAt } from '~/core/ledger/repay';
import { settleOrder } from '~/core/ledger/settleOrder';
import { canonicalJson } from '~/core/values/canonicalJson';
import { asId, type EntryId, type MemberId, type PlatformId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { pureTables } from 'test/model/pureTables';
import { lateHistory, startOfLateHistory as start, type LateHistory } from 'test/support/lateHistory';
import { inForce, program } from 'test/support/builders';

const zone = 'Europe/Rome';
const dayMs = 86_400_000;
const memberId = asId<MemberId>('m');
const storeId = asId<StoreId>('00000000-0000-7000-8000-000000000001');
const nothing = { available: points(0), pending: points(0), debt: points(0), nextChangeAt: null };

type Policies = LateHistory['first'];

/**
 * One member's ledger with nothing around it: orders become known, policies are published, sweeps take out what lapsed.
 */
const ledgerOf = (first: Policies, holdDays: number) => {
  const tables = pureTables();
  tables.balances.set(memberId, nothing);
  const documentOf = (policies: Policies) => program({ earning: { holdDays }, policies });
  const versions = [inForce(instant(start - dayMs), documentOf(first))];
  let ids = 0;
  const newId = (): EntryId => asId<EntryId>(`e${String((ids += 1)).padStart(6, '0')}`);
  const activities = () => tables.entries.filter(isActivity).map(({ occurredAt }) => occurredAt);
  const lapsed = (): readonly LapsedSlice[] =>
    [...tables.slices.values()].flatMap((slice) => {
      const own = [...tables.slices.values()].filter(({ lotId }) => lotId === slice.lotId);
      const sweeps = new Set(tables.entries.filter(({ kind }) => kind === 'expire').map(({ id }) => id));
      const expired = tables.draws.filter(
        ({ entryId, lotId, slice: n }) => sweeps.has(entryId) && lotId === slice.lotId && n === slice.slice,
      );
      const isBack = tables.entries.some(({ key }) => key === `revive:${slice.lotId}:${slice.slice}`);
      const sum = expired.reduce((total, draw) => total + draw.points, 0);
      return sum === 0 || isBack
        ? []
        : [{ slice, furthest: Math.max(...own.map((one) => one.slice)), expired: sum, forgiven: 0 }];
    });
  const bookOf = (now: Instant, renewal: Renewal | null) =>
    openMemberBook(
      [{ memberId, cached: tables.cachedOf(memberId), open: tables.openOf(memberId), renewal }],
      now,
      newId,
    );
  const opened = (book: ReturnType<typeof bookOf>) => book.openOf(memberId) ?? tables.openOf(memberId);
  return {
    settle: (orderId: string, placedAt: Instant, amount: number, now: Instant): void => {
      const version = versions.findLastIndex(({ publishedAt }) => publishedAt <= placedAt);
      const renewal = renews(versions) ? { versions, activities: activities(), lapsed: lapsed(), zone } : null;
      const book = bookOf(now, renewal);
      const settled = settleOrder(
        {
          storeId,
          orderId: asId<PlatformId>(orderId),
          instant: placedAt,
          memberId,
          state: { posted: 0, seq: 0, forgivenLapsed: 0 },
          worth: {
            points: points(amount),
            why: {
              v: 1,
              kind: 'order',
              order: orderId,
              programVersion: version,
              currency: 'EUR',
              worth: 'nothing',
              because: 'not_paid',
            },
          },
          document: versions[version]?.document ?? null,
          zone,
          later: versions.slice(version + 1),
          activities: [...book.activitiesOf(memberId), placedAt],
          open: opened(book),
          ownExpired: 0,
        },
        now,
        newId,
      );
      book.post(memberId, settled.plan, now);
      tables.close(book);
    },
    publish: (policies: Policies, now: Instant): void => {
      const before = versions.at(-1)?.document;
      const after = documentOf(policies);
      if (before === undefined || canonicalJson(before.policies) === canonicalJson(after.policies)) return;
      const book = bookOf(now, null);
      const known = {
        versions: [inForce(instant(-8.64e15), before)],
        activities: activities(),
        lapsed: [],
        zone,
      };
      book.post(memberId, lengthenLots(opened(book), after.policies, known, now));
      tables.close(book);
      versions.push(inForce(now, after, versions.length + 1));
    },
    sweep: (now: Instant): void => {
      const { expiry } = versions.at(-1)?.document.policies ?? { expiry: { kind: 'none' as const } };
      const book = bookOf(now, null);
      book.post(
        memberId,
        lapseLots(opened(book), expiry.kind === 'none' ? 'after_months' : expiry.kind, zone, now, newId),
      );
      tables.close(book);
    },
    openAt: (now: Instant): number => balanceOf(ledgerAt(tables.openOf(memberId), now), now).available,
  };
};

/**
 * Lets a history happen, with orders told as they are placed or as late as it says; answers the open points of later
 * moments.
 */
const openPoints = (
  { first, holdDays, changes, orders, momentOf, over }: LateHistory,
  isLate: boolean,
): readonly number[] => {
  const ledger = ledgerOf(first, holdDays);
  const steps = [
    ...changes.map(({ policies, at }) => ({ at: momentOf(at), run: (now: Instant) => ledger.publish(policies, now) })),
    ...orders.map((one, index) => {
      const placedAt = momentOf(one.at);
      return {
        at: instant(placedAt + (isLate ? one.late * 60_000 : 0)),
        run: (now: Instant) => ledger.settle(String(index), placedAt, one.amount, now),
      };
    }),
  ].sort((a, b) => a.at - b.at);
  for (const { at, run } of steps) {
    ledger.sweep(at);
    run(at);
  }
  return Array.from({ length: 20 }, (_, index) => ledger.openAt(instant(over + index * 10 * dayMs)));
};

test(
  'orders told in time and late end in the same open points at every later moment, however the policies change',
  { timeout: 300_000 },
  () => {
    const runs = Number(process.env.FIDELIO_MODEL_RUNS ?? 2000 * Number(process.env.FIDELIO_TEST_TIMES ?? 1));
    fc.assert(
      fc.property(lateHistory, (history) => {
        expect(openPoints(history, true)).toEqual(openPoints(history, false));
      }),
      { numRuns: runs, seed: randomInt(2 ** 31) },
    );
  },
);
