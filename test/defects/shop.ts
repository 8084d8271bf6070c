import type { Defect } from './defects';

const wishes = 'test/storefront/wishes.test.ts';
const callers = 'test/db/callers.test.ts';
const parts = 'test/platforms/shopifyParts.test.ts';
const offers = 'test/platforms/shopifyContract.test.ts';
const takers = 'test/usecases/takers.test.ts';
const telling = 'test/usecases/telling.test.ts';

/** Mistakes in what a shop shows and does of a program: its script, its API, its theme, the shipping of tiers. */
export const shop: readonly Defect[] = [
  {
    name: 'who has to wait after a lost answer pays twice',
    file: 'storefront/app.ts',
    find: " && code !== 'too_many_requests'",
    replace: '',
    testFile: wishes,
    testName: 'when the next press has to wait',
  },
  {
    name: 'who signs in after a lost answer pays twice',
    file: 'storefront/rewards.ts',
    find: '    this.wishes.set(wishOf(chosen), chosen.id);\n',
    replace: '',
    testFile: wishes,
    testName: 'over the page on which the shopper signs in',
  },
  {
    name: 'a refused wish is asked again for ever',
    file: 'storefront/rewards.ts',
    find: 'error instanceof Refused && error.isFinal',
    replace: 'error === undefined',
    testFile: wishes,
    testName: 'the next press is another wish',
  },
  {
    name: 'calls are saved up without an end',
    file: 'app/db/callers.ts',
    find: 'FROM (SELECT least(excluded.at_once,',
    replace: 'FROM (SELECT greatest(excluded.at_once,',
    testFile: callers,
    testName: 'no more than the most is saved up',
  },
  {
    name: 'a clock that goes back takes calls away',
    file: 'app/db/callers.ts',
    find: 'greatest(0, extract(epoch FROM excluded.at - c.at))',
    replace: 'extract(epoch FROM excluded.at - c.at)',
    testFile: callers,
    testName: 'a clock that goes back gives nothing',
  },
  {
    name: 'a block that is switched off counts as shown',
    file: 'app/platforms/shopify/themeParts.ts',
    find: 'if (disabled === true) return;',
    replace: 'if (disabled === 1) return;',
    testFile: parts,
    testName: 'none that is switched off',
  },
  {
    name: 'the block of another app counts as ours',
    file: 'app/platforms/shopify/themeParts.ts',
    find: 'if (owner === app && block !== undefined)',
    replace: 'if (block !== undefined)',
    testFile: parts,
    testName: 'not those of others',
  },
  {
    name: 'a tier’s shipping is offered anew each time',
    file: 'app/platforms/shopify/shippingOffers.ts',
    find: 'known.title === title &&',
    replace: 'known.title !== title &&',
    testFile: offers,
    testName: 'offers of shipping are as they are said',
  },
  {
    name: 'a tier’s shipping outlives the perk',
    file: 'app/usecases/publishProgram.ts',
    find: 'sha256(canonicalJson({ summary, offers }))',
    replace: 'sha256(canonicalJson({ summary: { ...summary, version: 0, tiers: null } }))',
    testFile: telling,
    testName: 'ends with the perk',
  },
  {
    name: 'amounts of another currency are offered all the same',
    file: 'app/core/tiers/shippingOffers.ts',
    find: 'if (isOfMoney && currency !== storeCurrency) return [];',
    replace: '',
    testFile: 'test/core/perks.test.ts',
    testName: 'in stores whose money its amounts are',
  },
  {
    name: 'an order’s own points count as had before it',
    file: 'app/features/simulation/db/takers.ts',
    find: 'o.instant, 0, 0, 0, o.store_id',
    replace: "o.instant + interval '1 ms', 0, 0, 0, o.store_id",
    testFile: takers,
    testName: 'of the orders before which a reward could be afforded',
  },
  {
    name: 'points that wait count as had',
    file: 'app/features/simulation/db/takers.ts',
    find: 'coalesce(l.available_at, e.occurred_at)',
    replace: 'e.occurred_at',
    testFile: takers,
    testName: 'points count from when they can be spent',
  },
];
