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

// A list costs by how much of it is asked for: it is no more than shows whether a code is for just what is expected.
const items = `
  items {
    __typename
    ... on DiscountProducts {
      productVariants(first: $most) { nodes { id } }
      products(first: $most) { nodes { id } }
    }
    ... on DiscountCollections { collections(first: $most) { nodes { id } } }
  }`;

// What has to be bought is from 20 collections at most: one more says that a code is not ours.
export const operation = `#graphql
  query FidelioReadDiscountCode($code: String!, $most: Int!) {
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
            items { __typename ... on DiscountCollections { collections(first: 21) { nodes { id } } } }
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
            items: z.object({
              __typename: z.string(),
              productVariants: nodes.optional(),
              products: nodes.optional(),
              collections: nodes.optional(),
            }),
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
  /** What it takes something off (variants, products, collections), by global ids; null: it takes it off the order. */
  readonly things: readonly string[] | null;
  /** What has to be bought for it, as a decimal string, and from which collections; null: nothing. */
  readonly buys: { readonly amount: string | null; readonly collectionIds: readonly PlatformId[] } | null;
  /** Of a shipping code: up to which rate (null: any) and to which countries (none: all). null: it is none. */
  readonly shipping: { readonly maxRate: string | null; readonly countries: readonly string[] } | null;
};

/**
 * Reads a discount by its code; null when there is none. Of the things that it is for one more is read than the `named`
 * ones that are expected, so that a longer list is not taken for theirs.
 */
export const readDiscountCode = async (
  client: AdminClient,
  code: string,
  named = 0,
): Promise<Result<DiscountCode | null, PlatformFailure>> => {
  const read = await client.ask(operation, { code, most: named + 1 }, answer);
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
    things: thingsOf(discount),
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

const thingsOf = ({ customerGets }: Discount): DiscountCode['things'] => {
  if (customerGets === undefined || customerGets.items.__typename === 'AllDiscountItems') return null;
  const { productVariants, products, collections } = customerGets.items;
  return [productVariants, products, collections].flatMap((list) => list?.nodes.map(({ id }) => id) ?? []);
};

const buysOf = ({ customerBuys }: Discount): DiscountCode['buys'] =>
  customerBuys === undefined
    ? null
    : {
        amount: customerBuys.value.amount ?? null,
        collectionIds: (customerBuys.items.collections?.nodes ?? []).map(({ id }) => idOf(id)),
      };
