import { entitlementOf } from '~/core/earning/entitlement';
import { line, order, plain, program, shop } from 'test/support/builders';
import type { Row } from './run';

/** Evaluations of an order of five lines on one core. */
export const benchCore = (forMs: number): Row => {
  const document = program();
  const bought = order({
    lines: Array.from({ length: 5 }, (_, index) =>
      line({ lineId: index + 1, quantity: 2, listMinor: 1_999 + index * 350, discounts: [{ code: null, amountMinor: 100 }], taxMinor: 300 }),
    ),
  });
  for (let warm = 0; warm < 20_000; warm += 1) entitlementOf(bought, document, plain(), shop);
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < forMs) {
    for (let inner = 0; inner < 500; inner += 1) entitlementOf(bought, document, plain(), shop);
    count += 500;
  }
  const perSecond = Math.round((count / (performance.now() - start)) * 1000);
  return {
    what: 'core: evaluate an order of 5 lines, one core',
    value: `${perSecond.toLocaleString('en')} /s`,
    must: 'must ≥ 100,000 /s (with 20 rules; here the base rule)',
  };
};
