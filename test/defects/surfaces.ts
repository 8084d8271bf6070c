import type { Defect } from './defects';

const merge = 'test/core/merge.test.ts';
const blocks = 'test/storefront/blocks.test.ts';
const past = 'test/usecases/pastOrders.test.ts';
const redemption = 'test/usecases/redemption.test.ts';
const words = 'test/i18n/documentWords.test.ts';
const byHand = 'test/usecases/byHand.test.ts';

/** Mistakes in what people see and press. */
export const surfaces: readonly Defect[] = [
  {
    name: 'in a merge mine wins without a question',
    file: 'app/core/program/merge.ts',
    find: "choices[conflictKey(conflict)] ?? 'theirs'",
    replace: "choices[conflictKey(conflict)] ?? 'mine'",
    testFile: merge,
    testName: 'a field that both set differently is asked about',
  },
  {
    name: 'half of one price and half of another are put together',
    file: 'app/core/program/merge.ts',
    find: "  ['points', 'amountMinor'],\n",
    replace: '',
    testFile: merge,
    testName: 'half of one price and half of another',
  },
  {
    name: 'in a merge my order of a list stands, although the other moved members',
    file: 'app/core/program/merge.ts',
    find: 'my === was ? [theirs, mine] : [mine, theirs]',
    replace: 'my === was ? [mine, theirs] : [mine, theirs]',
    testFile: merge,
    testName: 'who moved members of a list',
  },
  {
    name: 'a point is always a decimal point',
    file: 'app/i18n/readNumber.ts',
    find: 'if (first !== decimalMark && thousands.test(digits)) return bare(digits);',
    replace: '',
    testFile: 'test/i18n/readNumber.test.ts',
    testName: 'it "1.000" is 1000',
  },
  {
    name: 'a limit of money is said in minor units',
    file: 'app/i18n/documentWords.ts',
    find: "return field.endsWith('Minor') ? formatMoney",
    replace: "return field.endsWith('minor') ? formatMoney",
    testFile: words,
    testName: 'Almeno 0,01',
  },
  {
    name: 'the names of a reward stay when its amount changes',
    file: 'app/core/program/rewardNames.ts',
    find: 'isUnedited(language, reward.name[language]) ? generated[language]',
    replace: 'isUnedited(language, generated[language]) ? reward.name[language]',
    testFile: 'test/components/program.test.tsx',
    testName: 'names follow its amount',
  },
  {
    name: 'past orders are awarded without a word',
    file: 'app/usecases/importPastOrders.ts',
    find: "if (backfill.state !== 'agreed' && backfill.state !== 'importing') {",
    replace: "if (backfill.state === 'counted') {",
    testFile: past,
    testName: 'nothing is awarded before the merchant agrees',
  },
  {
    name: 'past orders of one member are counted as if each were alone',
    file: 'app/usecases/countPastOrders.ts',
    find: 'if (!hasHistory(grounds, store.programId)) add',
    replace: 'if (grounds !== null) add',
    testFile: past,
    testName: 'bring exactly what was counted',
  },
  {
    name: 'an import of past orders that was taken back stays in the orders',
    file: 'app/core/settlement/see.ts',
    find: "bundle.withdrawn === true && record?.context?.via === 'backfill'",
    replace: "bundle.withdrawn === true && record?.context?.via === 'instant'",
    testFile: past,
    testName: 'are taken back as a whole',
  },
  {
    name: 'a reward is sold to an empty cart',
    file: 'app/core/rewards/cart.ts',
    find: "  if (cart.subtotalMinor <= 0) return { kind: 'cart_empty' };\n",
    replace: '',
    testFile: redemption,
    testName: 'wishes that cannot be granted',
  },
  {
    name: 'a discount that goes with no other is sold beside one',
    file: 'app/core/rewards/cart.ts',
    find: "!(one === 'order' ? orderDiscounts : productDiscounts)",
    replace: "!(one === 'order' ? productDiscounts : orderDiscounts)",
    testFile: redemption,
    testName: 'wishes that cannot be granted',
  },
  {
    name: 'points of a code that was given back are nowhere until they are back',
    file: 'app/db/redemptions.ts',
    find: "state: { in: ['issued', 'expiring', 'cancelling'] }",
    replace: "state: { in: ['issued', 'expiring'] }",
    testFile: redemption,
    testName: 'points of a code that was given back are seen on their way',
  },
  {
    name: 'the block offers a reward beside a code that excludes others',
    file: 'extensions/loyalty-storefront/blocks/cart-rewards.liquid',
    find: 'if reward.id == held.reward_id and reward.combines_with_order_discounts == false\n            assign',
    replace: 'if reward.id == held.reward_id and reward.combines_with_order_discounts == true\n            assign',
    testFile: blocks,
    testName: 'one of our own codes which excludes others',
  },
  {
    name: 'a group of a number loses its zeros',
    file: 'extensions/loyalty-storefront/snippets/fidelio-number.liquid',
    find: "modulo: 1000 | plus: 1000 | append: '' | slice: 1, 3",
    replace: "modulo: 1000 | append: ''",
    testFile: blocks,
    testName: 'numbers of every size are grouped',
  },
  {
    name: 'the shopper reads who of the staff it was',
    file: 'app/core/explanation/why.ts',
    find: 'return { v: why.v, kind: why.kind, reason: why.reason };',
    replace: 'return why;',
    testFile: 'test/i18n/explain.test.ts',
    testName: 'the member reads the reason',
  },
  {
    name: 'a large correction is made without a question',
    file: 'app/http/shopify/memberActions.ts',
    find: 'if (worth !== null && form.confirmed === undefined) {',
    replace: 'if (worth === 0 && form.confirmed === undefined) {',
    testFile: byHand,
    testName: 'a large one asks with what it is worth',
  },
  {
    name: 'a key whose answer was lost stays beside the second',
    file: 'app/usecases/issueApiKey.ts',
    find: 'programId, id, name: named',
    replace: 'programId, id: deps.newId(), name: named',
    testFile: 'test/usecases/apiKeys.test.ts',
    testName: 'a wish that is sent again',
  },
];
