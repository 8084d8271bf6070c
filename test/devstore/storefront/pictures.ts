import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from '../process/state';

const folder = join(process.cwd(), 'test', 'devstore', 'storefront', 'pictures');
const fileOf = (name: string): string => join(folder, `${name}.svg`);

/** The drawn picture of a product in its own colour, as an SVG; one that has none shows a parcel. */
export const pictureOf = (product: Pick<Product, 'handle' | 'color'> | undefined): string => {
  const own = product === undefined || !existsSync(fileOf(product.handle)) ? 'parcel' : product.handle;
  return readFileSync(fileOf(own), 'utf8').replaceAll('{color}', product?.color ?? '#999999');
};
