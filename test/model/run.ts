import fc from 'fast-check';
import { expect } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { instant, type Instant } from '~/core/values/instant';
import { bonus, program } from 'test/support/builders';
import { commands, customers, ownerOf, type Counts, type Model } from './commands';
import type { House, LotFacts } from './house';
import { dayCap, naiveEnd, naiveReturn, naiveWorth, welcome } from './shop';

const earning = {
  caps: { perDay: dayCap },
  bonuses: [
    bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] }),
    bonus({ id: 'welcome', points: welcome, conditions: [{ kind: 'order_number', numbers: [1] }] }),
  ],
};
const holdDays = 2;

/**
 * The programs that the model knows how to check; `expiring` is the one in which points wait, and lapse after a month.
 */
export const programs = {
  plain: program({ earning, policies: { contextFinalDays: 365 } }),
  clamping: program({ earning, policies: { contextFinalDays: 365, clawback: 'clamp' } }),
  expiring: program({
    earning: { ...earning, holdDays },
    policies: {
      contextFinalDays: 365,
      minimumLifeDays: 0,
      expiry: { kind: 'after_months', months: 1, endOfMonth: false },
    },
  }),
  /** Points lapse a month after the last activity. */
  idle: program({
    earning,
    policies: { contextFinalDays: 365, minimumLifeDays: 0, expiry: { kind: 'inactivity_months', months: 1 } },
  }),
} as const satisfies Record<string, ProgramDocument>;
type ProgramName = keyof typeof programs;

const start = instant(Date.parse('2026-06-12T10:00:00Z'));
// In Rome, summer time and a month of life end later than this.
const until = instant(Date.parse('2026-09-15T10:00:00Z'));

export const noCounts = (): Counts => ({
  runs: 0,
  steps: 0,
  sent: 0,
  dropped: 0,
  doubled: 0,
  swapped: 0,
  lapsed: 0,
  forgiven: 0,
  late: 0,
});

/** What a member's entries must add up to, from what truly is. */
const expectedOf = async (model: Model, house: House, owner: number): Promise<number> => {
  const orders = model.orders.filter(({ customer }) => ownerOf(model, customer) === owner);
  const worth = [...naiveWorth(orders).values()].reduce((sum, points) => sum + points, 0);
  const adjusted = model.adjusted
    .filter(({ customer }) => ownerOf(model, customer) === owner)
    .reduce((sum, { points }) => sum + points, 0);
  let spent = 0;
  for (const one of model.redemptions.filter(({ customer }) => ownerOf(model, customer) === owner)) {
    const used = model.orders.find(({ code }) => code?.text === one.code);
    const state = await house.stateOf(one.id);
    if (used !== undefined) {
      expect(state, 'a code that is on an order was used').toMatch(/^used/);
      if (state === 'used_late') model.counts.late += 1;
      spent += one.points - naiveReturn(used, one.points);
    } else if (state !== 'released') spent += one.points;
  }
  return worth + adjusted - spent;
};

/** The last messages are compared with the shop; then every balance must be that of the true orders. */
const finish = async (model: Model, house: House, name: ProgramName): Promise<void> => {
  model.now = instant(model.now + 60_000);
  await house.reconcile(model.now);
  await house.tick(model.now);
  await house.audit();
  for (const owner of new Set(customers.map((customer) => ownerOf(model, customer)))) {
    const expected = await expectedOf(model, house, owner);
    // A merge moves a member's sum to another: what lapsed or was forgiven before counts for whom it was.
    const together = customers.filter((customer) => ownerOf(model, customer) === owner);
    const { points, expired, forgiven } = await house.sumsOf(owner);
    model.counts.lapsed += expired;
    model.counts.forgiven += forgiven;
    if (name === 'plain' || name === 'clamping') expect(expired, 'nothing lapses').toBe(0);
    if (name === 'plain') expect(forgiven, 'nothing is forgiven').toBe(0);
    if (name === 'plain') expect(points, `the entries of customer ${owner}`).toBe(expected);
    else if (together.length === 1)
      expect(points, `the entries of customer ${owner}`).toBe(expected - expired + forgiven);
    const available = await house.available(owner, model.now);
    if (name === 'plain') expect(available).toBe(Math.max(0, expected));
    const lots = await house.lotsOf(owner);
    if (name === 'expiring') lots.filter(({ slice }) => slice === 0).forEach(checkEnd);
    if (name === 'idle' && together.length === 1) checkRenewal(lots, await house.activitiesOf(owner));
  }
};

const checkEnd = (lot: LotFacts): void => {
  expect(lot.expiresAt, 'the end of a lot').toBe(naiveEnd(lot.openedAt));
  expect(lot.availableAt - lot.openedAt).toBe(lot.ofOrder ? holdDays * 86_400_000 : 0);
};

/** Every activity before its end moves the end of a lot on; points that came back may live longer, never shorter. */
const checkRenewal = (lots: readonly LotFacts[], activities: readonly Instant[]): void => {
  for (const lot of lots.filter(({ remaining }) => remaining > 0)) {
    let end = naiveEnd(lot.openedAt);
    for (const at of [...activities].sort((a, b) => a - b))
      if (at >= lot.openedAt && at < end) end = instant(Math.max(end, naiveEnd(at)));
    if (lot.slice === 0) expect(lot.expiresAt, 'the end of a lot').toBe(end);
    else expect(lot.expiresAt ?? Infinity, 'the end of points that came back').toBeGreaterThanOrEqual(end);
  }
};

/** One property: whatever happens to orders and to messages about them, the balances are those of the true orders. */
export const balancesHold = (
  counts: Counts,
  open: (document: ProgramDocument, publishedAt: typeof start) => Promise<House>,
  names: readonly ProgramName[],
) =>
  fc.asyncProperty(
    fc
      .constantFrom(...names)
      .chain((name) => commands({ leaps: name === 'expiring' || name === 'idle' }).map((list) => ({ name, list }))),
    async ({ name, list }) => {
      counts.runs += 1;
      const house = await open(programs[name], instant(Date.parse('2026-01-01T00:00:00Z')));
      const model: Model = {
        now: start,
        until,
        orders: [],
        redemptions: [],
        adjusted: [],
        mergedInto: new Map(),
        transit: [],
        counts,
      };
      await fc.asyncModelRun(() => ({ model, real: house }), list);
      await finish(model, house, name);
    },
  );
