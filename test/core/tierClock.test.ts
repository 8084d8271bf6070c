import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tiersSchema } from '~/core/tiers/section';
import { startTierClock, type TierOverride } from '~/core/tiers/clock';
import { instant, type Instant } from '~/core/values/instant';
import { referenceTiers } from './tierReference';
import { inForce } from 'test/support/builders';

const zone = 'Europe/Rome';
const hourMs = 3_600_000;
const beginning = Date.parse('2024-11-20T00:00:00Z');
const inHours = (hours: number): Instant => instant(beginning + hours * hourMs);
const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };

// Three years in hours, often at the turn of a local day or a year.
const hours = fc.oneof(
  fc.nat(3 * 8766),
  fc.nat(1096).map((day) => day * 24 + 23),
  fc.constantFrom(1007, 1008, 9767, 9768),
);
const tiersArbitrary = fc
  .record({
    metric: fc.constantFrom('spend', 'points', 'orders'),
    window: fc.constantFrom(
      { kind: 'lifetime' },
      { kind: 'calendar_year' },
      { kind: 'rolling_months', months: 1 },
      { kind: 'rolling_months', months: 12 },
    ),
    keep: fc.constantFrom({ kind: 'none' }, { kind: 'window' }, { kind: 'months', months: 2 }),
    requalify: fc.constantFrom('drop_to_qualified', 'one_level'),
    graceDays: fc.constantFrom(0, 0, 10),
    byHand: fc.boolean(),
  })
  .map(({ byHand, ...part }) =>
    tiersSchema.safeParse({
      ...part,
      currency: 'EUR',
      levels: [
        { id: 'bronze', name, threshold: 0 },
        { id: 'silver', name, threshold: 3 },
        { id: 'gold', name, threshold: byHand ? null : 9 },
        { id: 'platinum', name, threshold: 14 },
      ],
    }),
  )
  .filter(({ success }) => success)
  .map(({ data }) => data ?? null);

const orderArbitrary = fc.record({
  placed: hours,
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'CHF'),
  steps: fc.array(fc.record({ after: fc.oneof(fc.constant(0), fc.nat(3000)), value: fc.nat(8) }), { maxLength: 3 }),
});

test('the tier clock says what adding everything up again at every moment says', () => {
  let higher = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: hours, tiers: fc.option(tiersArbitrary, { freq: 6 }) }), { minLength: 1, maxLength: 3 }),
      fc.array(
        fc.record({ from: hours, length: fc.option(fc.nat(2000)), tierId: fc.constantFrom(null, 'silver', 'gold') }),
        { maxLength: 2 },
      ),
      fc.array(orderArbitrary, { maxLength: 12 }),
      fc.array(hours, { maxLength: 4 }),
      (published, given, placed, further) => {
        const versions = published
          .sort((a, b) => a.at - b.at)
          .map(({ at, tiers }, index) => inForce(inHours(at), { tiers }, index + 1));
        const overrides = given
          .sort((a, b) => a.from - b.from)
          .map(({ from, length, tierId }): TierOverride => ({
            from: inHours(from),
            until: length === null ? null : inHours(from + 1 + length),
            tierId,
          }));
        const orders = placed
          .sort((a, b) => a.placed - b.placed)
          .map(({ placed: at, currency, steps }) => ({
            instant: inHours(at),
            currency,
            steps: steps
              .sort((a, b) => a.after - b.after)
              .map(({ after, value }) => ({
                at: inHours(at + after),
                spendMinor: value,
                points: value * 2,
                orders: Math.min(value, 1),
              })),
          }));
        // As a history does: the tier at an order is asked before the order counts.
        const clockOf = () => {
          const made = startTierClock(versions, overrides, zone);
          for (const order of orders) {
            made.advance(order.instant);
            made.add(order);
          }
          return made;
        };
        const clock = clockOf();
        const asked = further.map((hour) => instant(inHours(hour) + 4 * 8766 * hourMs)).sort((a, b) => a - b);
        const last = instant(Math.max(orders.at(-1)?.instant ?? 0, versions[0]?.publishedAt ?? 0));
        const moments = [last, ...asked.filter((moment) => moment > last)];
        const answers = moments.map((moment) => clock.advance(moment));
        expect(answers).toEqual(referenceTiers(versions, overrides, orders, zone, moments));
        const asksOnce = clockOf();
        expect(asksOnce.advance(moments.at(-1) ?? last), 'looking at a tier does not change it').toBe(answers.at(-1));
        expect([asksOnce.changes(), asksOnce.nextChangeAt()]).toEqual([clock.changes(), clock.nextChangeAt()]);
        if (answers.some((tier) => tier !== null && tier !== 'bronze')) higher += 1;
      },
    ),
    { numRuns: 2000 },
  );
  expect(higher, 'the cases reach tiers at all').toBeGreaterThan(200);
});
