import fc from 'fast-check';
import type { z } from 'zod';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { newReward, rewardKinds, type Reward, type RewardKind } from '~/core/rewards/section';
import { program } from './builders';

type Input = z.input<typeof programDocumentSchema>;
type Bonus = NonNullable<Input['earning']['bonuses']>[number];
type Condition = NonNullable<Bonus['conditions']>[number];

const word = fc.constantFrom('Alba', 'Bruma', 'Cielo', 'Duna');
const name = fc.record({ en: word, it: word, de: word, fr: word, es: word });
const ids = ['a', 'b', 'c', 'd'];
const someOf = <Of>(values: readonly Of[], least = 1) => fc.subarray([...values], { minLength: least });
const words = someOf(['rosso', 'blu', 'verde', 'nero', 'bianco']);
const numbers = someOf(['1', '22', '333']);

const condition = (tierIds: readonly string[], segmentIds: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.record({ kind: fc.constant('product' as const), productIds: numbers }),
    fc.record({ kind: fc.constant('collection' as const), collectionIds: numbers }),
    fc.record({ kind: fc.constant('product_tag' as const), tags: words }),
    fc.record({ kind: fc.constant('product_type' as const), types: words }),
    fc.record({ kind: fc.constant('vendor' as const), vendors: words }),
    fc.record({ kind: fc.constant('channel' as const), channels: someOf(['web', 'pos', 'app']) }),
    fc.record({ kind: fc.constant('order_number' as const), numbers: someOf([1, 5, 10]) }),
    fc.record({ kind: fc.constant('weekday' as const), days: someOf([1, 2, 3, 4, 5, 6, 7]) }),
    fc.record({ kind: fc.constant('store' as const), storeIds: someOf(['00000000-0000-7000-8000-000000000001']) }),
    fc.constantFrom(
      { kind: 'hours' as const, from: '18:00', to: '20:30' },
      { kind: 'hours' as const, from: '22:00', to: '02:00' },
    ),
    fc.constantFrom(
      { kind: 'dates' as const, from: '2026-07-01', to: '2026-07-31' },
      { kind: 'dates' as const, from: '2026-12-24', to: '2026-12-24' },
    ),
    fc.record({
      kind: fc.constant('minimum_spend' as const),
      amountMinor: fc.integer({ min: 1, max: 9_999 }),
      currency: fc.constant('EUR'),
    }),
    ...(tierIds.length === 0 ? [] : [fc.record({ kind: fc.constant('tier' as const), tierIds: someOf(tierIds) })]),
    ...(segmentIds.length === 0
      ? []
      : [fc.record({ kind: fc.constant('segment' as const), segmentIds: someOf(segmentIds) })]),
  );

const effect = fc.oneof(
  fc.record({ kind: fc.constant('multiply' as const), basisPoints: fc.constantFrom(10_500, 15_000, 20_000, 30_000) }),
  fc.record({ kind: fc.constant('add' as const), points: fc.constantFrom(1, 50) }),
);

const bonuses = (tierIds: readonly string[], segmentIds: readonly string[]): fc.Arbitrary<Bonus[]> =>
  fc.shuffledSubarray(ids).chain((chosen) =>
    fc.tuple(
      ...chosen.map((id) =>
        fc.record({
          id: fc.constant(id),
          name,
          enabled: fc.boolean(),
          stacking: fc.constantFrom('exclusive' as const, 'additive' as const),
          effect,
          conditions: fc.array(condition(tierIds, segmentIds), { maxLength: 3 }),
        }),
      ),
    ),
  );

const days = fc.constantFrom(
  null,
  { from: '2026-07-01', to: '2026-07-31' },
  { from: '2026-07-01', to: null },
  { from: null, to: '2026-07-31' },
);

const perks = fc.subarray([
  { kind: 'multiply' as const, basisPoints: 15_000 },
  { kind: 'priority_support' as const, tag: 'vip' },
  {
    kind: 'words' as const,
    text: { en: 'A gift', it: 'Un dono', de: 'Ein Geschenk', fr: 'Un cadeau', es: 'Un regalo' },
  },
]);

const rewards = (tierIds: readonly string[], segmentIds: readonly string[]): fc.Arbitrary<Reward[]> =>
  fc.shuffledSubarray(ids).chain((chosen) =>
    fc.tuple(
      ...chosen.map((id) =>
        fc
          .record({
            kind: fc.constantFrom(...(Object.keys(rewardKinds) as RewardKind[])),
            enabled: fc.boolean(),
            name,
            minimumSubtotalMinor: fc.constantFrom(null, 3000, 5000),
            tierIds: fc.subarray([...tierIds]),
            segmentIds: fc.subarray([...segmentIds]),
            window: days,
            limits: fc.record({
              perMember: fc.constantFrom(
                null,
                ...(['day', 'week', 'month', 'year', 'ever'] as const).map((per) => ({ count: 2, per })),
              ),
              total: fc.constantFrom(null, 100),
            }),
          })
          .map(({ kind, minimumSubtotalMinor, ...rest }): Reward => {
            const model = newReward(kind, id, 'EUR');
            return {
              ...model,
              ...rest,
              ...('minimumSubtotalMinor' in model ? { minimumSubtotalMinor } : {}),
              ...('charity' in model ? { charity: 'Greenpeace' } : {}),
              ...(model.kind === 'free_product' ? { variantIds: ['41'], collectionIds: ['7'] } : {}),
              ...(model.kind === 'partner'
                ? { provider: 'cine', itemId: 'ticket', cost: { amountMinor: 750, currency: 'EUR' } }
                : {}),
            } as Reward;
          }),
      ),
    ),
  );

const tiers = (levels: readonly string[]): fc.Arbitrary<Input['tiers']> =>
  levels.length === 0
    ? fc.constant(null)
    : fc
        .record({
          metric: fc.constantFrom('spend' as const, 'points' as const, 'orders' as const),
          window: fc.constantFrom(
            { kind: 'lifetime' as const },
            { kind: 'calendar_year' as const },
            { kind: 'rolling_months' as const, months: 12 },
          ),
          keep: fc.constantFrom(
            { kind: 'window' as const },
            { kind: 'none' as const },
            { kind: 'months' as const, months: 6 },
          ),
          graceDays: fc.constantFrom(0, 7),
          requalify: fc.constantFrom('drop_to_qualified' as const, 'one_level' as const),
          names: fc.tuple(...levels.map(() => name)),
          perks,
          icon: fc.constantFrom(null, 'star' as const),
          byHand: fc.boolean(),
          entryPoints: fc.constantFrom(null, 50),
        })
        .map(({ names, byHand, entryPoints, perks: given, icon, ...rest }) => ({
          currency: 'EUR',
          ...rest,
          levels: levels.map((id, index) => ({
            id,
            name: names[index] ?? program().names.point,
            threshold: byHand && index === levels.length - 1 ? null : (index + 1) * 100,
            entryPoints,
            perks: given,
            icon,
          })),
        }));

/** Any program whose parts are named by a few ids, so that two of them have much in common. */
export const anyDocument: fc.Arbitrary<ProgramDocument> = fc
  .record({ levels: fc.subarray(ids), segmentIds: fc.subarray(ids) })
  .chain(({ levels, segmentIds }) =>
    fc.record({
      bonuses: bonuses(levels, segmentIds),
      tiers: tiers(levels),
      segments: fc.tuple(...segmentIds.map((id) => fc.record({ id: fc.constant(id), name, customerTags: words }))),
      rewards: rewards(levels, segmentIds),
      rate: fc.constantFrom(1, 2),
      holdDays: fc.constantFrom(0, 1, 14),
      perOrder: fc.constantFrom(null, 100, 500),
      saleItems: fc.boolean(),
      vendors: someOf(['rosso', 'blu'], 0),
      expiry: fc.constantFrom(
        { kind: 'none' as const },
        { kind: 'after_months' as const, months: 12, endOfMonth: true },
        { kind: 'inactivity_months' as const, months: 1 },
      ),
      margin: fc.constantFrom(null, 1000),
      paused: fc.boolean(),
      window: days,
      redeeming: fc.record({ paused: fc.boolean(), lastDay: fc.constantFrom(null, '2026-08-31') }),
      points: name,
      look: fc.record({
        accent: fc.constantFrom(null, '#1a7f5a', '#ffcc00'),
        icon: fc.constantFrom(null, 'star' as const, 'leaf' as const),
      }),
      terms: fc.option(name),
    }),
  )
  .map((part) => {
    const base = program({ rate: [part.rate, 100] });
    return programDocumentSchema.parse({
      ...base,
      names: { ...base.names, points: part.points },
      segments: part.segments,
      tiers: part.tiers,
      rewards: part.rewards,
      redeeming: part.redeeming,
      look: part.look,
      terms: part.terms,
      earning: {
        ...base.earning,
        bonuses: part.bonuses,
        holdDays: part.holdDays,
        paused: part.paused,
        window: part.window,
        exclude: { ...base.earning.exclude, saleItems: part.saleItems, vendors: part.vendors },
        caps: { ...base.earning.caps, perOrder: part.perOrder },
      },
      policies: { ...base.policies, expiry: part.expiry, marginBasisPoints: part.margin },
    });
  });
