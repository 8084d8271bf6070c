import type { Defect } from './defects';

const checkout = 'test/extensions/checkout.test.ts';
const order = 'test/extensions/orderPoints.test.ts';
const account = 'test/extensions/account.test.ts';
const pos = 'test/extensions/pos.test.ts';

/** Mistakes in the extensions of checkout, account and counter. */
export const extensions: readonly Defect[] = [
  {
    name: 'in the checkout a lost answer is paid twice',
    file: 'extensions/shared/wishes.ts',
    find: '  here.set(name, id);\n  await kept.write(name, id).catch(() => undefined);\n',
    replace: '',
    testFile: checkout,
    testName: 'asks the same wish again',
  },
  {
    name: 'a wish is forgotten with the page',
    file: 'extensions/shared/wishes.ts',
    find: '  await kept.write(name, id).catch(() => undefined);\n',
    replace: '',
    testFile: checkout,
    testName: 'loaded anew',
  },
  {
    name: 'somebody who has to wait in the checkout pays twice',
    file: 'extensions/shared/app.ts',
    find: 'status < 500 && status !== 401 && status !== 429',
    replace: 'status < 500',
    testFile: checkout,
    testName: 'asks the same wish again',
  },
  {
    name: 'points come back while their code is still in the order',
    file: 'extensions/loyalty-checkout/src/MemberRedeeming.tsx',
    find: "        if (removed.type === 'error')",
    replace: "        if (removed.type === 'error' && code === '')",
    testFile: checkout,
    testName: 'takes a code out of the order',
  },
  {
    name: 'a chosen amount ends a step before it covers what is left to pay',
    file: 'extensions/shared/offers.ts',
    find: 'Math.ceil(cart.remainingMinor / amount)',
    replace: 'Math.floor(cart.remainingMinor / amount)',
    testFile: checkout,
    testName: 'lets no more steps be chosen',
  },
  {
    name: 'a token that ran out is not renewed',
    file: 'extensions/shared/app.ts',
    find: 'first.status === 401 ? await send(host, path, body) : first',
    replace: 'first',
    testFile: checkout,
    testName: 'tries a new token once',
  },
  {
    name: 'a guest’s order is asked for',
    file: 'extensions/loyalty-checkout/src/OrderPoints.tsx',
    find: 'isGuest ? null : await orderOf(host, orderId)',
    replace: 'await orderOf(host, orderId)',
    testFile: order,
    testName: 'tells a guest what an account would bring',
  },
  {
    name: 'what was only quoted is said as a fact',
    file: 'extensions/loyalty-checkout/src/OrderPoints.tsx',
    find: "quote.certainty === 'exact' ? 'about' : quote.certainty",
    replace: "quote.certainty === 'exact' ? 'brought' : quote.certainty",
    testFile: order,
    testName: 'never as a fact',
  },
  {
    name: 'the account repeats the first page of the history',
    file: 'extensions/loyalty-account/src/History.tsx',
    find: "encodeURIComponent(next ?? '')",
    replace: "''",
    testFile: account,
    testName: 'shows earlier entries',
  },
  {
    name: 'the till redeems for a cart that is somebody else’s',
    file: 'extensions/loyalty-pos/src/till.ts',
    find: "?.id ?? '')",
    replace: '?.id ?? customer)',
    testFile: pos,
    testName: 'finds a member by what staff types',
  },
];
