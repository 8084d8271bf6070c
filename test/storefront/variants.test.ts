import { expect, describe, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { programSummary } from '~/core/storefront/programSummary';
import { cartJson } from 'test/devstore/checkout/cart';
import { renderPage } from 'test/devstore/storefront/theme';
import { productDrop } from 'test/devstore/storefront/themeData';
import { store } from './painted';

const ofApp = (key: string): string => `gid://shopify/AppInstallation/1|loyalty|${key}`;
const summary = programSummary(defaultDocument('EUR', 'Europe/Rome'), 1, 'EUR');
store.metafields.set(ofApp('program'), { type: 'json', value: JSON.stringify(summary) });
store.metafields.set(ofApp('earns'), { type: 'boolean', value: 'true' });

type Drop = ReturnType<typeof productDrop>;

/** A product of so many variants, each at another price, as Liquid has it. */
const selling = (count: number): Drop => {
  const [first] = store.products;
  if (first === undefined) throw new Error('the shop sells nothing');
  const variants = Array.from({ length: count - 1 }, (_, index) => ({
    variantId: 9_000 + index,
    title: `Size ${index}`,
    priceMinor: 2_000 + index * 100,
  }));
  return productDrop(store, { ...first, option: 'Size', variants });
};

/** Its page: the variants that have a line, those that are seen, and the tag around them. */
const linesOf = async (product: Drop) => {
  const html = await renderPage(store, 'product', {
    ...{ locale: 'it', path: product.url, customer: null },
    cart: cartJson(store, { token: 't', lines: [], codes: [] }, null),
    page: { product },
  });
  const lines = [...html.matchAll(/<span data-variant="(\d+)"( hidden)?>/g)];
  return {
    tag: /<fidelio-earn[^>]*>/.exec(html)?.[0] ?? '',
    ids: new Set(lines.map(([, id]) => Number(id))),
    seen: lines.filter(([, , hidden]) => hidden === undefined).map(([, id]) => Number(id)),
  };
};

describe('what a product of many variants earns', () => {
  test('has a line for each as far as the shop tells of them, and says when it tells of some only', async () => {
    const whole = await linesOf(selling(120));
    expect([whole.ids.size, whole.seen.length]).toEqual([120, 1]);
    expect(whole.tag).not.toContain('data-more');
    const part = await linesOf(selling(300));
    expect([part.ids.size, part.seen.length]).toEqual([250, 1]);
    expect(part.tag).toContain('data-more');
  });

  test('has a line for the chosen one also when it is beyond those', async () => {
    const product = selling(300);
    const { ids, seen } = await linesOf({
      ...product,
      selected_or_first_available_variant: product.variants.at(-1),
      variants: product.variants.slice(0, 250),
    });
    expect([ids.size, seen]).toEqual([251, [9_298]]);
  });
});
