import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { decimalIn, shopifyMoney } from '../money';
import { idOf } from '../gid';

const common = `
  title
  status
  asyncUsageCount
  codes(first: 1) { nodes { asyncUsageCount } }
  context { __typename ... on DiscountCustomers { customers { id } } }`;

// Ours are for one variant, or for everything: a second one says that a code is not ours.
const items = 'items { __typename ... on DiscountProducts { productVariants(first: 2) { nodes { id } } } }';

export const operation = `#graphql
  query FidelioReadDiscountCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
        __typename
        ... on DiscountCodeBasic {
          ${common}
          customerGets {
            ${items}
            value {
              __typename
              ... on DiscountAmount { amount { amount currencyCode } }
              ... on DiscountPercentage { percentage }
            }
          }
        }
        ... on DiscountCodeBxgy {
          ${common}
          customerGets { ${items} value { __typename } }
          customerBuys {
            value { __typename ... on DiscountPurchaseAmount { amount } }
            items { __typename ... on DiscountCollections { collections(first: 20) { nodes { id } } } }
          }
        }
        ... on DiscountCodeFreeShipping {
          ${common}
          maximumShippingPrice { amount currencyCode }
          destinationSelection { __typename ... on DiscountCountries { countries } }
        }
      }
    }
  }`;

const nodes = z.object({ nodes: z.array(z.object({ id: z.string() })) });
const answer = z.object({
  codeDiscountNodeByCode: z
    .object({
      id: z.string(),
      codeDiscount: z.object({
        __typename: z.string(),
        title: z.string().optional(),
        status: z.string().optional(),
        asyncUsageCount: z.int().optional(),
        codes: z.object({ nodes: z.array(z.object({ asyncUsageCount: z.int() })) }).optional(),
        context: z.object({ customers: z.array(z.object({ id: z.string() })).optional() }).optional(),
        customerGets: z
          .object({
            items: z.object({ productVariants: nodes.optional() }),
            value: z.object({ amount: shopifyMoney.optional(), percentage: z.number().optional() }),
          })
          .optional(),
        customerBuys: z
          .object({
            value: z.object({ amount: z.string().optional() }),
            items: z.object({ collections: nodes.optional() }),
          })
          .optional(),
        maximumShippingPrice: shopifyMoney.nullish(),
        destinationSelection: z.object({ countries: z.array(z.string()).optional() }).optional(),
      }),
    })
    .nullable(),
});

/** A discount code as the shop has it. */
export type DiscountCode = {
  readonly id: string;
  readonly title: string;
  readonly active: boolean;
  readonly uses: number;
  readonly customerIds: readonly PlatformId[];
  /** A decimal string such as "5.00"; null when it is not an amount off. */
  readonly amount: string | null;
  /** A fraction of 1; null when it is not a percentage off. */
  readonly percentage: number | null;
  /** The variants of products it takes something off; null: it takes it off the order. */
  readonly variantIds: readonly PlatformId[] | null;
  /** What has to be bought for it, as a decimal string, and from which collections; null: nothing. */
  readonly buys: { readonly amount: string | null; readonly collectionIds: readonly PlatformId[] } | null;
  /** Of a shipping code: up to which rate (null: any) and to which countries (none: all). null: it is none. */
  readonly shipping: { readonly maxRate: string | null; readonly countries: readonly string[] } | null;
};

/** Reads a discount by its code; null when there is none. */
export const readDiscountCode = async (
  client: AdminClient,
  code: string,
): Promise<Result<DiscountCode | null, PlatformFailure>> => {
  const read = await client.ask(operation, { code }, answer);
  if (!read.ok) return read;
  const node = read.value.codeDiscountNodeByCode;
  if (node === null) return ok(null);
  const { codeDiscount: discount } = node;
  return ok({
    id: node.id,
    title: discount.title ?? '',
    active: discount.status === 'ACTIVE' || discount.status === 'SCHEDULED',
    // The two counts are kept separately and late; a use that either knows of is a use.
    uses: Math.max(discount.asyncUsageCount ?? 0, discount.codes?.nodes[0]?.asyncUsageCount ?? 0),
    customerIds: (discount.context?.customers ?? []).map(({ id }) => idOf(id)),
    amount: decimalIn(discount.customerGets?.value.amount),
    percentage: discount.customerGets?.value.percentage ?? null,
    variantIds: discount.customerGets?.items.productVariants?.nodes.map(({ id }) => idOf(id)) ?? null,
    buys: buysOf(discount),
    shipping:
      discount.__typename === 'DiscountCodeFreeShipping'
        ? {
            maxRate: decimalIn(discount.maximumShippingPrice),
            countries: discount.destinationSelection?.countries ?? [],
          }
        : null,
  });
};

type Discount = NonNullable<z.infer<typeof answer>['codeDiscountNodeByCode']>['codeDiscount'];

const buysOf = ({ customerBuys }: Discount): DiscountCode['buys'] =>
  customerBuys === undefined
    ? null
    : {
        amount: customerBuys.value.amount ?? null,
        collectionIds: (customerBuys.items.collections?.nodes ?? []).map(({ id }) => idOf(id)),
      };
