import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { parseMoney, decimalOf } from '~/core/values/money';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { idOf } from '../gid';

const common = `
  title
  status
  asyncUsageCount
  codes(first: 1) { nodes { asyncUsageCount } }
  context { __typename ... on DiscountCustomers { customers { id } } }`;

export const operation = `#graphql
  query FidelioReadDiscountCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
        __typename
        ... on DiscountCodeBasic {
          ${common}
          customerGets { value { __typename ... on DiscountAmount { amount { amount currencyCode } } } }
        }
        ... on DiscountCodeFreeShipping {
          ${common}
          maximumShippingPrice { amount currencyCode }
          destinationSelection { __typename ... on DiscountCountries { countries } }
        }
      }
    }
  }`;

const money = z.object({ amount: z.string(), currencyCode: z.string() });

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
        customerGets: z.object({ value: z.object({ amount: money.optional() }) }).optional(),
        maximumShippingPrice: money.nullish(),
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
    shipping:
      discount.__typename === 'DiscountCodeFreeShipping'
        ? {
            maxRate: decimalIn(discount.maximumShippingPrice),
            countries: discount.destinationSelection?.countries ?? [],
          }
        : null,
  });
};

// As we write it ourselves: Shopify may answer "5.0" for "5.00".
const decimalIn = (value: z.infer<typeof money> | null | undefined): string | null => {
  const minor = value == null ? null : parseMoney(value.amount, value.currencyCode);
  return value == null || minor === null || !minor.ok ? null : decimalOf(minor.value, value.currencyCode);
};
