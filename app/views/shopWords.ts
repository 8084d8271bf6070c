import { ok, type Result } from '~/core/values/result';
import type { Platform, PlatformFailure, ShopWords } from '~/platforms/platform';

export type { ShopWords };

/** The words that the shop uses of its customers and products, so that rules are written with the same. */
export const shopWords = async (platform: Pick<Platform, 'readWords'>): Promise<Result<ShopWords, PlatformFailure>> => {
  const read = await platform.readWords();
  if (!read.ok) return read;
  const sorted = (words: readonly string[]): readonly string[] => [...new Set(words)].sort((a, b) => (a < b ? -1 : 1));
  const { customer_tag, product_tag, product_type, vendor } = read.value;
  return ok({
    customer_tag: sorted(customer_tag),
    product_tag: sorted(product_tag),
    product_type: sorted(product_type),
    vendor: sorted(vendor),
  });
};
