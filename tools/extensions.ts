import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { parse } from 'smol-toml';
import { z } from 'zod';

const tomlSchema = z.object({
  api_version: z.string(),
  extensions: z
    .array(
      z.object({
        type: z.literal('ui_extension'),
        handle: z.string(),
        targeting: z.array(z.object({ target: z.string(), module: z.string() })),
      }),
    )
    .length(1),
});

/** A place in Shopify's pages, and the module of ours that stands there. */
export type UiTarget = { readonly extension: string; readonly target: string; readonly module: string };

const folderOf = (root: string): string => join(root, 'extensions');

/** The folders of the extensions that run as code in Shopify's pages; the theme's has none of it. */
export const uiExtensions = (root: string): readonly string[] =>
  readdirSync(folderOf(root)).filter((name) => {
    try {
      return readFileSync(join(folderOf(root), name, 'shopify.extension.toml'), 'utf8').includes('"ui_extension"');
    } catch {
      return false;
    }
  });

/** Every target of ours, as the extensions' own settings name them. */
export const uiTargets = (root: string): readonly UiTarget[] =>
  uiExtensions(root).flatMap((name) => {
    const toml = tomlSchema.parse(parse(readFileSync(join(folderOf(root), name, 'shopify.extension.toml'), 'utf8')));
    return (toml.extensions[0]?.targeting ?? []).map(({ target, module }) => ({
      extension: name,
      target,
      module: join(folderOf(root), name, module),
    }));
  });

/** A target's script, made as Shopify's tool makes it: one file, small, with Preact in it. */
export const bundleOf = ({ module }: UiTarget): string =>
  buildSync({
    entryPoints: [module],
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    legalComments: 'none',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  }).outputFiles[0]?.text ?? '';
