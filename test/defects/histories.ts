import type { Defect } from './defects';

const redemption = 'test/usecases/redemption.test.ts';
const engine = 'test/usecases/engine.test.ts';

/** Mistakes in what depends on earlier orders, on the batch itself, or on time that went by. */
export const histories: readonly Defect[] = [
  {
    name: 'a return goes by the debts as they were before the batch',
    file: 'app/core/redemptions/onOrder.ts',
    find: 'if (open === null || owing.size === 0) return sighting;',
    replace: 'if (open === null || owing.size >= 0) return sighting;',
    testFile: redemption,
    testName: 'a debt that another order of the same batch repays first',
  },
  {
    name: 'what a batch forgave comes back in it',
    file: 'app/core/ledger/memberBook.ts',
    find: 'forgiven: one.forgiven + forgiven }',
    replace: 'forgiven: one.forgiven }',
    testFile: 'test/usecases/expiry.test.ts',
    testName: 'what is forgiven does not come back in the same batch either',
  },
  {
    name: 'points on hold keep their end when the policy changes',
    file: 'app/usecases/publishProgram.ts',
    find: 'withActivities: true, withSpent: true',
    replace: 'withActivities: true',
    testFile: 'test/usecases/expiry.test.ts',
    testName: 'a longer life means the same for points that are on hold',
  },
  {
    name: 'orders of the day after a change are not derived again',
    file: 'app/usecases/settleOrders.ts',
    find: 'const since = instant(Math.min(kept.newest.instant, record?.newest.instant ?? Infinity));',
    replace: 'const since = instant(Math.min(kept.newest.instant, record?.newest.instant ?? Infinity) + 86_400_000);',
    testFile: engine,
    testName: 'cap 100 a day',
  },
  {
    name: 'a tier falls a further level whenever it is looked at',
    file: 'app/core/tiers/standing.ts',
    find: ' && (period === null || period > moment) ? was - 1',
    replace: ' ? was - 1',
    testFile: 'test/core/tierClock.test.ts',
    testName: 'the tier clock says what adding everything up again',
  },
  {
    name: 'an order that leaves the window goes on counting',
    file: 'app/core/tiers/metric.ts',
    find: 'order.isGone = true;\n        count(order);',
    replace: 'order.isGone = true;',
    testFile: 'test/core/tierClock.test.ts',
    testName: 'the tier clock says what adding everything up again',
  },
  {
    name: 'a key that was revoked goes on opening',
    file: 'app/db/apiKeys.ts',
    find: 'if (key === null || key.revokedAt !== null) return false;',
    replace: 'if (key === null) return false;',
    testFile: 'test/usecases/apiKeys.test.ts',
    testName: 'a key opens its own program only, until it ends',
  },
];
