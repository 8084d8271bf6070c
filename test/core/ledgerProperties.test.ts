import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clawBack } from '~/core/ledger/clawback';
import { holdPoints } from '~/core/ledger/hold';
import { applyPlan, creditPlan, joinPlans } from '~/core/ledger/plan';
import { putBack } from '~/core/ledger/putBack';
import { repayDebts } from '~/core/ledger/repay';
import type { Draw, Entry, LedgerPlan, OpenLedger, Slice } from '~/core/ledger/types';
import { asId, type EntryId, type MemberId, type PlatformId, type StoreId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { noWhy } from 'test/support/ledger';

const member = asId<MemberId>('m');
const store = asId<StoreId>('s');
const hour = 3_600_000;

type Step =
  | {
      readonly kind: 'award';
      readonly order: number;
      readonly points: number;
      readonly hold: number;
      readonly life: number | null;
    }
  | { readonly kind: 'take'; readonly order: number; readonly points: number; readonly policy: 'debt' | 'clamp' }
  | { readonly kind: 'hold'; readonly points: number }
  | { readonly kind: 'release' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('award' as const),
      order: fc.nat(3),
      points: fc.integer({ min: 1, max: 60 }),
      hold: fc.nat(3),
      life: fc.option(fc.integer({ min: 1, max: 9 })),
    }),
    fc.record({
      kind: fc.constant('take' as const),
      order: fc.nat(3),
      points: fc.integer({ min: 1, max: 80 }),
      policy: fc.constantFrom('debt' as const, 'clamp' as const),
    }),
    fc.record({ kind: fc.constant('hold' as const), points: fc.integer({ min: 1, max: 50 }) }),
    fc.constant({ kind: 'release' as const }),
  ),
  { minLength: 1, maxLength: 25 },
);

/** Everything a ledger ever held, kept beside the open part, so that it can be added up. */
type Books = {
  open: OpenLedger;
  entries: Entry[];
  draws: Draw[];
  slices: Map<string, Slice>;
  debts: Map<string, number>;
  held: { id: EntryId; points: number }[];
};

const post = (books: Books, plan: LedgerPlan, now: number): void => {
  const posted = applyPlan(books.open, plan);
  const whole = joinPlans(plan, repayDebts(posted, instant(now)));
  books.open = applyPlan(books.open, whole);
  books.entries.push(...whole.entries);
  books.draws.push(...whole.draws);
  for (const slice of whole.opened) books.slices.set(`${slice.lotId}:${slice.slice}`, slice);
  for (const { lotId, slice, remaining } of whole.remaining) {
    const before = books.slices.get(`${lotId}:${slice}`);
    if (before !== undefined) books.slices.set(`${lotId}:${slice}`, { ...before, remaining });
  }
  for (const debt of whole.debts) books.debts.set(debt.entryId, debt.open);
};

const take = (books: Books, step: Step, n: number): void => {
  const now = instant(n * hour);
  const id = asId<EntryId>(`e${String(n).padStart(3, '0')}`);
  const draft = {
    id,
    memberId: member,
    kind: 'adjust' as const,
    key: id,
    concerns: {},
    why: noWhy,
    actor: { kind: 'system' as const },
    occurredAt: now,
    recordedAt: now,
  };
  const originOrder = 'order' in step ? { storeId: store, orderId: asId<PlatformId>(String(step.order)) } : null;
  switch (step.kind) {
    case 'award':
      return post(
        books,
        creditPlan(
          { ...draft, points: points(step.points), forgiven: points(0) },
          {
            originOrder,
            availableAt: instant(now + step.hold * hour),
            expiresAt: step.life === null ? null : instant(now + (step.hold + step.life) * hour),
          },
        ),
        now,
      );
    case 'take': {
      const taken = clawBack(
        books.open,
        draft,
        {
          asked: step.points,
          policy: step.policy,
          ownExpired: 0,
          ownForgiven: 0,
          isOwn: (slice) => slice.originOrder?.orderId === originOrder?.orderId,
        },
        now,
      );
      const [entry] = taken.plan.entries;
      expect((entry?.forgiven ?? 0) - (entry?.points ?? 0)).toBe(step.points);
      return post(books, taken.plan, now);
    }
    case 'hold': {
      const held = holdPoints(books.open, draft, step.points, now);
      if (!held.ok) return;
      books.held.push({ id, points: step.points });
      return post(books, held.value, now);
    }
    case 'release': {
      const held = books.held.pop();
      if (held === undefined) return;
      const draws = books.draws.filter(({ entryId }) => entryId === held.id);
      const lots = new Set(draws.map(({ lotId }) => lotId));
      const slices = [...books.slices.values()].filter(({ lotId }) => lots.has(lotId));
      return post(
        books,
        putBack(
          books.open,
          draft,
          held.points,
          { spent: { draws, slices }, unpaid: [] },
          { graceEnd: instant(now + 4 * hour), now },
        ),
        now,
      );
    }
  }
};

test('whatever happens, entries add up to what is left less what is owed, and draws conserve', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const books: Books = {
        open: { memberId: member, slices: [], debts: [] },
        entries: [],
        draws: [],
        slices: new Map(),
        debts: new Map(),
        held: [],
      };
      list.forEach((step, index) => take(books, step, index + 1));
      const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);
      const slices = [...books.slices.values()];
      expect(sum(books.entries.map((entry) => entry.points))).toBe(
        sum(slices.map((slice) => slice.remaining)) - sum(books.debts.values()),
      );
      for (const slice of slices) {
        const drawn = sum(
          books.draws
            .filter(({ lotId, slice: n }) => lotId === slice.lotId && n === slice.slice)
            .map((draw) => draw.points),
        );
        expect(slice.remaining).toBe(slice.size - drawn);
        expect(slice.remaining).toBeGreaterThanOrEqual(0);
      }
      for (const entry of books.entries.filter((one) => one.points < 0)) {
        const drawn = sum(books.draws.filter(({ entryId }) => entryId === entry.id).map((draw) => draw.points));
        expect(drawn + (books.debts.get(entry.id) ?? 0)).toBe(-entry.points);
      }
      for (const lotId of new Set(slices.map((slice) => slice.lotId))) {
        const mine = slices.filter((slice) => slice.lotId === lotId);
        expect(sum(mine.map((slice) => slice.remaining))).toBeLessThanOrEqual(sum(mine.map((slice) => slice.size)));
      }
      expect(new Set(books.draws.map(({ entryId, n }) => `${entryId}:${n}`)).size).toBe(books.draws.length);
    }),
    { numRuns: 1000 },
  );
});
