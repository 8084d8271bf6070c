import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure, ShopWords } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';

// So many of each are offered: who has more, writes them.
export const operation = `#graphql
  query FidelioReadWords {
    shop { customerTags(first: 250) { edges { node } } }
    productTags(first: 250) { edges { node } }
    productTypes(first: 250) { edges { node } }
    productVendors(first: 250) { edges { node } }
  }`;

const words = z
  .object({ edges: z.array(z.object({ node: z.string() })) })
  .nullable()
  .transform((connection) => (connection?.edges ?? []).map(({ node }) => node).filter((word) => word !== ''));

const answer = z.object({
  shop: z.object({ customerTags: words }),
  productTags: words,
  productTypes: words,
  productVendors: words,
});

/** The words that the shop uses, the first 250 of each. */
export const readWords = async (client: AdminClient): Promise<Result<ShopWords, PlatformFailure>> => {
  const read = await client.ask(operation, {}, answer);
  if (!read.ok) return read;
  const { shop, productTags, productTypes, productVendors } = read.value;
  return ok({
    customer_tag: shop.customerTags,
    product_tag: productTags,
    product_type: productTypes,
    vendor: productVendors,
  });
};
