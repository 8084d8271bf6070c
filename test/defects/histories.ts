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
  {
    name: 'a batch is judged by its newest message',
    file: 'app/usecases/settling/evaluate.ts',
    find: 'return (member) => moments.get(memberKeyText(member)) ?? now;',
    replace: 'return (member) => (moments.has(memberKeyText(member)) ? now : now);',
    testFile: engine,
    testName: 'whether a context is final is asked when each message came',
  },
  {
    name: 'a longer minimum life counts for late orders only',
    file: 'app/usecases/publishProgram.ts',
    find: 'canonicalJson({ expiry, minimumLifeDays })',
    replace: 'canonicalJson({ expiry, none: minimumLifeDays * 0 })',
    testFile: 'test/usecases/expiry.test.ts',
    testName: 'a longer minimum life means the same',
  },
  {
    name: 'an account claims another account of its shop',
    file: 'app/usecases/claimGuest.ts',
    find: 'return ofStore.length > 0 && ofStore.every((one) => one.customerId !== customerId);',
    replace: 'return ofStore.length > 9 && ofStore.every((one) => one.customerId !== customerId);',
    testFile: 'test/usecases/accounts.test.ts',
    testName: 'an address that another account of the shop had before',
  },
  {
    name: 'a guest who comes after the account stays a guest',
    file: 'app/usecases/claimGuest.ts',
    find: 'await writeAccountEmail(prisma, { programId, storeId, customerId }, emailHash, now);',
    replace: 'await writeAccountEmail(prisma, { programId, storeId, customerId }, null, now);',
    testFile: 'test/usecases/accounts.test.ts',
    testName: 'a guest’s order that comes after the account',
  },
  {
    name: 'a waiting read-back sees what the first message told only',
    file: 'app/jobs/queue.ts',
    find: 'if (readBacks.length > 0) await raiseWaiting',
    replace: 'if (readBacks.length > 99) await raiseWaiting',
    testFile: 'test/usecases/readBack.test.ts',
    testName: 'the one read-back that waits sees',
  },
];
