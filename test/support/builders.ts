import type { z } from 'zod';
import type { Version } from '~/core/values/version';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import type { Place } from '~/core/earning/entitlement';
import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { OrderContext } from '~/core/earning/context';
import type { FrozenLines } from '~/core/earning/frozenLines';
import { defaultDocument } from '~/core/program/defaults';
import type { OrderLine, OrderRefund, OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';

/** A moment of a June day in 2026, in hours and minutes of UTC. */
export const at = (time: string, day = 10): Instant =>
  instant(Date.parse(`2026-06-${String(day).padStart(2, '0')}T${time}:00Z`));

/** A version of a program from a moment on. */
export const inForce = <Part>(publishedAt: Instant, document: Part, version = 1): Version<Part> => ({
  version,
  publishedAt,
  document,
});

const id = (number: number | string): PlatformId => asId<PlatformId>(String(number));

/** An order line: 10.00 for one unit unless said otherwise. */
export const line = (part: Partial<Omit<OrderLine, 'lineId'>> & { readonly lineId?: number } = {}): OrderLine => {
  const { lineId = 1, quantity = 1, ...rest } = part;
  return {
    productId: null,
    variantId: null,
    title: `Line ${lineId}`,
    vendor: null,
    currentQuantity: quantity,
    listMinor: 1000,
    discounts: [],
    taxMinor: 0,
    giftCard: false,
    tip: false,
    quantity,
    ...rest,
    lineId: id(lineId),
  };
};

export const refund = (
  part: Partial<Omit<OrderRefund, 'refundId' | 'lines'>> & {
    readonly refundId?: number;
    readonly lines?: readonly (readonly [number, number])[];
  } = {},
): OrderRefund => {
  const { refundId = 1, lines = [], ...rest } = part;
  return {
    at: at('15:00'),
    shippingMinor: 0,
    shippingTaxMinor: 0,
    adjustmentMinor: 0,
    ...rest,
    refundId: id(refundId),
    lines: lines.map(([lineId, quantity]) => ({ lineId: id(lineId), quantity, subtotalMinor: 0, taxMinor: 0 })),
  };
};

/** A paid order of a customer, 10.00 EUR, placed on 10 June 2026 at 12:00. */
export const order = (
  part: Partial<Omit<OrderSnapshot, 'orderId'>> & { readonly orderId?: number } = {},
): OrderSnapshot => {
  const { orderId = 1001, ...rest } = part;
  return {
    name: `#${orderId}`,
    currency: 'EUR',
    instant: at('12:00'),
    createdAt: at('12:00'),
    updatedAt: at('12:00'),
    cancelledAt: null,
    test: false,
    customerId: id(77),
    emailHash: null,
    channel: 'web',
    financialStatus: 'paid',
    fulfillmentStatus: 'none',
    taxesIncluded: true,
    discountCodes: [],
    lines: [line()],
    shipping: { listMinor: 0, discounts: [], taxMinor: 0 },
    refunds: [],
    ...rest,
    orderId: id(orderId),
  };
};

/** What is frozen of lines whose products are as said; products that are not named do not exist. */
export const frozenLines = (
  lines: readonly OrderLine[],
  products: Readonly<Record<string, ProductFacts | null>>,
): FrozenLines =>
  Object.fromEntries(
    lines.map(({ lineId, productId, variantId, vendor }) => {
      const facts = productId === null ? null : (products[productId] ?? null);
      const onSale = variantId !== null && facts?.saleVariants.includes(variantId) === true;
      return [
        lineId,
        {
          productId,
          vendor,
          type: facts?.type ?? null,
          tags: facts?.tags ?? [],
          collections: facts?.collections ?? [],
          onSale,
        },
      ];
    }),
  );

/** The context of an order of a plain program, and the place where it was bought. */
export const plain = (part: Partial<OrderContext> = {}): OrderContext => ({
  programVersion: 1,
  via: 'instant',
  ...part,
});
export const shop: Place = { storeId: '00000000-0000-7000-8000-000000000001', zone: 'Europe/Rome' };

type Earning = z.input<typeof programDocumentSchema>['earning'];
type Policies = z.input<typeof programDocumentSchema>['policies'];

/** The default program with some settings changed; `rate` is points for an amount in minor units. */
export const program = (
  part: {
    readonly rate?: readonly [number, number];
    readonly currency?: string;
    readonly earning?: Partial<Earning>;
    readonly policies?: Partial<Policies>;
    readonly tiers?: z.input<typeof programDocumentSchema>['tiers'];
    readonly segments?: z.input<typeof programDocumentSchema>['segments'];
  } = {},
): ProgramDocument => {
  const { currency = 'EUR', rate = [1, 100] } = part;
  const base = defaultDocument(currency, 'Europe/Rome');
  return programDocumentSchema.parse({
    ...base,
    earning: { ...base.earning, rates: [{ currency, points: rate[0], amountMinor: rate[1] }], ...part.earning },
    policies: { ...base.policies, ...part.policies },
    tiers: part.tiers ?? null,
    segments: part.segments ?? [],
  });
};

type BonusInput = NonNullable<Earning['bonuses']>[number];

const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });

/** A bonus rule for every order: `times` the base points, or `points` once. */
export const bonus = (
  part: { readonly id: string; readonly times?: number; readonly points?: number } & Partial<
    Pick<BonusInput, 'conditions' | 'stacking' | 'enabled'>
  >,
): BonusInput => {
  const { id, times, points, ...rest } = part;
  const effect =
    points === undefined
      ? { kind: 'multiply' as const, basisPoints: Math.round((times ?? 1) * 10_000) }
      : { kind: 'add' as const, points };
  return { id, name: named(id), stacking: 'exclusive', effect, ...rest };
};
