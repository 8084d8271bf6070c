/** A plausible mistake of one line, and the test that must turn red for it. */
export type Defect = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly testFile: string;
  readonly testName: string;
  /** Only a server has transactions that run side by side. */
  readonly needsServer?: true;
};

const redemption = 'test/usecases/redemption.test.ts';
const settling = 'test/usecases/settleOrders.test.ts';
const ledger = 'test/core/ledger.test.ts';
const entitlement = 'test/core/entitlement.test.ts';
const orders = 'test/core/orders.test.ts';
const imports = 'test/usecases/imports.test.ts';
const engine = 'test/usecases/engine.test.ts';
const facts = 'test/usecases/platformFacts.test.ts';
const bonuses = 'test/core/bonuses.test.ts';

export const defects: readonly Defect[] = [
  {
    name: 'members are not locked',
    file: 'app/db/members.ts',
    find: 'ORDER BY m.program_id, m.id FOR UPDATE OF m`',
    replace: 'ORDER BY m.program_id, m.id`',
    testFile: redemption,
    testName: '200 clicks at once never spend more than the balance',
    needsServer: true,
  },
  {
    name: 'an old message about an order that moved takes it from its owner',
    file: 'app/usecases/settling/evaluate.ts',
    find: '  if (record !== null && newest === record.newest) return record.memberId;\n',
    replace: '',
    testFile: settling,
    testName: 'an order that moves ends with its newest owner',
  },
  {
    name: 'the whole worth is posted every time',
    file: 'app/core/ledger/settleOrder.ts',
    find: 'const change = worth.points - state.posted;',
    replace: 'const change = Number(worth.points);',
    testFile: settling,
    testName: 'the same message three times in every order of arrival is one award',
  },
  {
    name: 'on equal times a cancellation does not win',
    file: 'app/core/orders/winner.ts',
    find: '  isOver,\n',
    replace: '',
    testFile: orders,
    testName: 'on equal times',
  },
  {
    name: 'today’s rule instead of the order’s',
    file: 'app/core/orders/context.ts',
    find: '  if (known !== null) return known;\n',
    replace: '',
    testFile: orders,
    testName: 'once frozen it stays',
  },
  {
    name: 'lapsed points are forgiven twice',
    file: 'app/core/ledger/clawback.ts',
    find: 'lapsed + ownExpired - ownForgiven',
    replace: 'lapsed + ownExpired',
    testFile: ledger,
    testName: 'are forgiven, once',
  },
  {
    name: 'points come back to the first lot instead of the last',
    file: 'app/core/ledger/putBack.ts',
    find: 'stillDrawn(spent.draws).reverse()',
    replace: 'stillDrawn(spent.draws)',
    testFile: ledger,
    testName: 'a part comes back in reverse order',
  },
  {
    name: 'a lot can be spent at the moment it lapses',
    file: 'app/core/ledger/lots.ts',
    find: 'slice.expiresAt <= now',
    replace: 'slice.expiresAt < now',
    testFile: ledger,
    testName: 'a lapsed lot is not spendable',
  },
  {
    name: 'a hold may take more than there is',
    file: 'app/core/ledger/hold.ts',
    find: 'if (asked > available)',
    replace: 'if (asked > available + 10)',
    testFile: ledger,
    testName: 'is refused when it asks for more than is available',
  },
  {
    name: 'refunded units keep their points',
    file: 'app/core/earning/entitlement.ts',
    find: 'shareOfFirst(share, line.units - line.refundedUnits)',
    replace: 'shareOfFirst(share, line.units)',
    testFile: entitlement,
    testName: 'three units at 3.33',
  },
  {
    name: 'discounts are overlooked',
    file: 'app/core/earning/basis.ts',
    find: 'reduce((rest, { amountMinor }) => rest - amountMinor, charge.listMinor)',
    replace: 'reduce((rest, { amountMinor }) => rest - 0 * amountMinor, charge.listMinor)',
    testFile: entitlement,
    testName: 'two lines with an order discount',
  },
  {
    name: 'wrong tie in the allocation',
    file: 'app/core/earning/allocate.ts',
    find: 'return right - left || a.index - b.index;',
    replace: 'return right - left || b.index - a.index;',
    testFile: entitlement,
    testName: 'ties go to the earlier line',
  },
  {
    name: 'a late recording loses the repayment',
    file: 'app/core/ledger/repay.ts',
    find: 'start < slice.expiresAt',
    replace: 'now < slice.expiresAt',
    testFile: ledger,
    testName: 'a lot that has lapsed meanwhile still pays',
  },
  {
    name: 'the same id with other content is answered',
    file: 'app/usecases/redeemReward.ts',
    find: 'before.fingerprint === fingerprintOf(store, wish)',
    replace: 'before.fingerprint !== ""',
    testFile: redemption,
    testName: 'the same id gives the same answer',
  },
  {
    name: 'a used code is released',
    file: 'app/usecases/settleRedemption.ts',
    find: 'if (uses > 0)',
    replace: 'if (uses > 1)',
    testFile: redemption,
    testName: 'a use that is counted keeps the points',
  },
  {
    name: 'more points than the cart needs',
    file: 'app/core/rewards/chosenAmountOff.ts',
    find: 'const steps = Math.min(wished, needed);',
    replace: 'const steps = Math.max(wished, needed);',
    testFile: redemption,
    testName: 'never more points than the cart needs',
  },
  {
    name: 'spent points return twice',
    file: 'app/core/redemptions/onOrder.ts',
    find: 'const amount = target.points - redemption.returned;',
    replace: 'const amount = target.points - 0 * redemption.returned;',
    testFile: redemption,
    testName: 'spent points come back with the refunded units',
  },
  {
    name: 'digits beyond the currency are cut off',
    file: 'app/core/values/money.ts',
    find: 'if (/[1-9]/.test(digits.slice(exponent)))',
    replace: 'if (/x/.test(digits.slice(exponent)))',
    testFile: 'test/core/values.test.ts',
    testName: 'trailing zeros are accepted',
  },
  {
    name: 'a cancelled order keeps its room under the caps',
    file: 'app/core/orders/history.ts',
    find: 'if (room === 0 || (freedAt !== null && freedAt <= newest.instant)) continue;',
    replace: 'if (room === 0) continue;',
    testFile: engine,
    testName: 'only cancelling, voiding or a full refund frees the room',
  },
  {
    name: 'a context is never final',
    file: 'app/core/orders/history.ts',
    find: 'const context = final ? order.base : derived;',
    replace: 'const context = derived;',
    testFile: engine,
    testName: 'a context is final after 30 days',
  },
  {
    name: 'an entry reward is paid at every entry',
    file: 'app/usecases/settling/derive.ts',
    find: 'if (level.entryPoints === null || before) continue;',
    replace: 'if (level.entryPoints === null) continue;',
    testFile: engine,
    testName: 'products.md 5.7',
  },
  {
    name: 'points that come back to an empty lot are not in the balance',
    file: 'app/core/ledger/plan.ts',
    find: 'slices: [...slices, ...reopened, ...mine]',
    replace: 'slices: [...slices, ...mine]',
    testFile: ledger,
    testName: 'points that come back to a lot that was drawn empty',
  },
  {
    name: 'a change within one second is not seen',
    file: 'app/core/orders/sign.ts',
    find: 'compared.some((field) => ours[field] !== theirs[field])',
    replace: 'false',
    testFile: facts,
    testName: 'reconciliation settles what was lost',
  },
  {
    name: 'an id that was used otherwise is answered',
    file: 'app/usecases/adjustPoints.ts',
    find: 'if (before.fingerprint === fingerprint) return ok({ entryId: before.id });',
    replace: 'return ok({ entryId: before.id });',
    testFile: engine,
    testName: 'the same id and content adjusts once',
  },
  {
    name: 'exclusive multipliers add up',
    file: 'app/core/earning/bonuses.ts',
    find: '      best = rule.effect.basisPoints;',
    replace: '      best += rule.effect.basisPoints - oneTimes;',
    testFile: bonuses,
    testName: 'tier 1.5× exclusive',
  },
  {
    name: 'a lot that had lapsed before it was known is not looked at again',
    file: 'app/core/ledger/balance.ts',
    find: 'cached.nextChangeAt === null ? own : [...own, cached.nextChangeAt];',
    replace: 'cached.nextChangeAt === null || cached.nextChangeAt <= now ? own : [...own, cached.nextChangeAt];',
    testFile: 'test/model/core.test.ts',
    testName: 'a fixed seed',
  },
  {
    name: 'an import that resumes posts its lines again',
    file: 'app/usecases/imports/postImport.ts',
    find: 'position: last.position, posted',
    replace: 'posted',
    testFile: imports,
    testName: 'posting twice, or in two processes, posts once',
  },
  {
    name: 'undoing an import lets spent points go',
    file: 'app/core/ledger/import.ts',
    find: "policy: 'debt'",
    replace: "policy: 'clamp'",
    testFile: imports,
    testName: 'products.md 2.23 and 5.8',
  },
  {
    name: 'a comma in a number is read over',
    file: 'app/core/imports/fields.ts',
    find: 'const trimmed = text.trim();\n  if (/^[+-]',
    replace: "const trimmed = text.trim().replaceAll(',', '');\n  if (/^[+-]",
    testFile: imports,
    testName: 'every bad line is named',
  },
  {
    name: 'who is late is warned by the first stage, not by the nearest',
    file: 'app/core/ledger/warnings.ts',
    find: '.sort((a, b) => a - b)',
    replace: '.sort((a, b) => b - a)',
    testFile: 'test/usecases/telling.test.ts',
    testName: 'who is late is warned once',
  },
  {
    name: 'a failed operation of another program is tried again',
    file: 'app/jobs/queue.ts',
    find: '|| programOf(effect) !== programId) return false;',
    replace: ') return false;',
    testFile: 'test/usecases/telling.test.ts',
    testName: 'a failed operation is of its program alone',
  },
  {
    name: 'what was forgiven comes back',
    file: 'app/core/ledger/renew.ts',
    find: 'const lost = Math.min(expired, forgiven.get(order) ?? ofOrder);',
    replace: 'const lost = 0;',
    testFile: 'test/usecases/expiry.test.ts',
    testName: 'what a sweep took out comes back',
  },
];
