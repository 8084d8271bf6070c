import { entitlementOf } from '~/core/earning/entitlement';
import { bonus, line, order, plain, program, shop } from 'test/support/builders';
import type { Row } from './run';

type Rule = ReturnType<typeof bonus>;

const name = bonus({ id: 'x' }).name;

/** Rules as shops have them: most for some products, tags or hours, some for a tier or everybody. */
const rules = (count: number): Rule[] =>
  Array.from({ length: count }, (_, n): Rule => {
    const id = `rule-${n}`;
    switch (n % 10) {
      case 0:
        return bonus({ id, times: 1.5, conditions: [{ kind: 'tier', tierIds: ['gold'] }] });
      case 1:
        return bonus({ id, times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] });
      case 2:
        return bonus({
          id,
          times: 1.1,
          stacking: 'additive',
          conditions: [{ kind: 'vendor', vendors: [`vendor-${n}`] }],
        });
      case 3:
        return bonus({ id, times: 3, conditions: [{ kind: 'collection', collectionIds: [String(n)] }] });
      case 4:
        return bonus({ id, times: 1.2, conditions: [{ kind: 'product_tag', tags: [`tag-${n}`] }] });
      case 5:
        return bonus({
          id,
          times: 1.3,
          conditions: [{ kind: 'minimum_spend', amountMinor: 10_000_000, currency: 'EUR' }],
        });
      case 6:
        return bonus({ id, points: 50, conditions: [{ kind: 'order_number', numbers: [1] }] });
      case 7:
        return bonus({ id, times: 2, conditions: [{ kind: 'dates', from: '2025-01-01', to: '2025-01-31' }] });
      case 8:
        return bonus({ id, times: 1.4, conditions: [{ kind: 'hours', from: '22:00', to: '02:00' }] });
      default:
        return bonus({ id, times: 2, conditions: [{ kind: 'product', productIds: [String(n), String(n + 1)] }] });
    }
  });

const tiers = {
  metric: 'spend' as const,
  currency: 'EUR',
  window: { kind: 'lifetime' as const },
  levels: [{ id: 'gold', name, threshold: 1 }],
};

/** Evaluations of an order of five lines on one core. */
const measure = (forMs: number, ruleCount: number): number => {
  const document = program({ earning: { bonuses: rules(ruleCount) }, tiers });
  const bought = order({
    lines: Array.from({ length: 5 }, (_, index) =>
      line({
        lineId: index + 1,
        quantity: 2,
        listMinor: 1_999 + index * 350,
        discounts: [{ code: null, amountMinor: 100 }],
        taxMinor: 300,
        vendor: `Vendor-${index}`,
      }),
    ),
  });
  const context = plain({ tier: 'gold', orderNumber: 2 });
  for (let warm = 0; warm < 5_000; warm += 1) entitlementOf(bought, document, context, shop);
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < forMs) {
    for (let inner = 0; inner < 100; inner += 1) entitlementOf(bought, document, context, shop);
    count += 100;
  }
  return Math.round((count / (performance.now() - start)) * 1000);
};

export const benchCore = (forMs: number): readonly Row[] =>
  [0, 20, 200].map((count) => ({
    what: `core: evaluate an order of 5 lines with ${count} rules, one core`,
    value: `${measure(forMs, count).toLocaleString('en')} /s`,
    must: count === 0 ? '' : 'must ≥ 100,000 /s',
  }));
