import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const target = ['es2020', 'chrome90', 'firefox90', 'safari15'];

/** The assets of the theme extension as their source in `storefront` makes them, by name. */
export const storefrontAssets = (root: string): ReadonlyMap<string, string> => {
  const bundle = (entry: string): string =>
    buildSync({
      entryPoints: [join(root, 'storefront', entry)],
      bundle: true,
      minify: true,
      format: 'iife',
      charset: 'utf8',
      legalComments: 'none',
      target,
      write: false,
    }).outputFiles[0]?.text ?? '';
  return new Map([
    ['loyalty.js', bundle('loader.ts')],
    ['loyalty-parts.js', bundle('parts.ts')],
    ['loyalty.css', bundle('styles/main.css')],
    ['loyalty-page.css', bundle('styles/page.css')],
  ]);
};

const writeStorefrontAssets = (root: string): void => {
  for (const [name, text] of storefrontAssets(root))
    writeFileSync(join(root, 'extensions', 'loyalty-storefront', 'assets', name), text);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeStorefrontAssets(process.cwd());
