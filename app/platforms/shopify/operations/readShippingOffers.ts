import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { decimalIn, shopifyMoney } from '../money';

/** The tag of all discounts that the app makes; an offer carries a second one, with the mark it is for. */
export const ourTag = 'fidelio';
export const offerTag = (mark: string): string => `${ourTag} ${mark}`;

// Shopify allows 25 automatic discounts at a time; those that have ended are listed behind them.
export const operation = `#graphql
  query FidelioReadShippingOffers {
    shop { primaryDomain { localization { defaultLocale } } }
    discountNodes(first: 100, query: "method:automatic", reverse: true) {
      nodes {
        id
        discount {
          __typename
          ... on DiscountAutomaticFreeShipping {
            title
            status
            tags
            maximumShippingPrice { amount currencyCode }
            minimumRequirement {
              __typename
              ... on DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal { amount currencyCode } }
            }
            context { __typename ... on DiscountCustomerSegments { segments { id } } }
          }
        }
      }
    }
    segments(first: 250) { nodes { id query } }
  }`;

const answer = z.object({
  shop: z.object({
    primaryDomain: z.object({ localization: z.object({ defaultLocale: z.string() }).nullish() }).nullish(),
  }),
  discountNodes: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        discount: z.object({
          title: z.string().optional(),
          status: z.string().optional(),
          tags: z.array(z.string()).optional(),
          maximumShippingPrice: shopifyMoney.nullish(),
          minimumRequirement: z.object({ greaterThanOrEqualToSubtotal: shopifyMoney.optional() }).nullish(),
          context: z.object({ segments: z.array(z.object({ id: z.string() })).optional() }).optional(),
        }),
      }),
    ),
  }),
  segments: z.object({ nodes: z.array(z.object({ id: z.string(), query: z.string() })) }),
});

/** An automatic discount of ours. Amounts are decimal strings as we write them; null: none is asked. */
export type KnownOffer = {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly segmentIds: readonly string[];
  readonly minimum: string | null;
  readonly maxRate: string | null;
};

/** What the shop has of ours, its segments by their queries, and the language of its main address (null: not said). */
export type KnownOffers = {
  readonly language: string | null;
  readonly offers: readonly KnownOffer[];
  readonly segments: ReadonlyMap<string, string>;
};

/** Reads the automatic discounts on shipping that are ours and have not ended. */
export const readShippingOffers = async (client: AdminClient): Promise<Result<KnownOffers, PlatformFailure>> => {
  const read = await client.ask(operation, {}, answer);
  if (!read.ok) return read;
  const { shop, discountNodes, segments } = read.value;
  const offers = discountNodes.nodes.flatMap(({ id, discount }): readonly KnownOffer[] => {
    const { title = '', status, tags = [], context, minimumRequirement, maximumShippingPrice } = discount;
    if (!tags.includes(ourTag) || status === 'EXPIRED') return [];
    return [
      {
        ...{ id, title, tags },
        segmentIds: (context?.segments ?? []).map((segment) => segment.id),
        minimum: decimalIn(minimumRequirement?.greaterThanOrEqualToSubtotal),
        maxRate: decimalIn(maximumShippingPrice),
      },
    ];
  });
  return ok({
    language: shop.primaryDomain?.localization?.defaultLocale ?? null,
    offers,
    segments: new Map(segments.nodes.map(({ id, query }) => [query, id])),
  });
};
