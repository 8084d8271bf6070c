import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { themeCheckRun } from '@shopify/theme-check-node';
import { Ajv } from 'ajv';
import { z } from 'zod';
import { storefrontAssets } from '../../tools/storefront';

const folder = join(process.cwd(), 'extensions', 'loyalty-storefront');
// Shopify's own schemas come with its theme check.
const dataFolder = join(process.cwd(), 'node_modules', '@shopify', 'theme-check-docs-updater', 'data');

/** The most that all scripts together may weigh, compressed, and all style sheets. */
const budgetBytes = 10_240;

/** What a block's schema may say, and the least that ours say: names and labels in every language, our two assets. */
const places = z.strictObject({ templates: z.array(z.string()).optional(), groups: z.array(z.string()).optional() });
const blockSchema = z.strictObject({
  name: z.string().startsWith('t:').max(60),
  target: z.enum(['section', 'head', 'body', 'compliance_head']),
  javascript: z.literal('loyalty.js').optional(),
  stylesheet: z.literal('loyalty.css'),
  available_if: z
    .string()
    .regex(/^\{\{ app\.metafields\.loyalty\.[a-z_]+ \}\}$/)
    .optional(),
  enabled_on: places.optional(),
  disabled_on: places.optional(),
  tag: z.string().optional(),
  class: z.string().optional(),
  settings: z.array(
    z.looseObject({ type: z.string(), id: z.string().optional(), label: z.string().startsWith('t:').optional() }),
  ),
});

const ajv = new Ajv({ strict: false, allErrors: true });
/** A setting of a block, as Shopify's own schema of theme settings wants it. */
const isSetting = ajv.compile(
  JSON.parse(readFileSync(join(dataFolder, 'setting.json'), 'utf8')) as Record<string, unknown>,
);

const keysOf = (value: unknown, path = ''): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => keysOf(inner, `${path}.${name}`))
    : [path];

/** Shopify's own theme check, the blocks' schemas, the size of the script, and locales with the same keys. */
export const checkTheme = async (): Promise<readonly string[]> => {
  const { offenses } = await themeCheckRun(folder, join(process.cwd(), 'test', 'checks', 'theme-check.yml'));
  const problems = offenses.map(
    ({ check, message, uri, start }) =>
      `${check}: ${message} (${uri.split('/').slice(-2).join('/')}:${start.line + 1})`,
  );
  for (const file of readdirSync(join(folder, 'blocks')))
    problems.push(
      ...schemaProblems(readFileSync(join(folder, 'blocks', file), 'utf8')).map((one) => `${file}: ${one}`),
    );
  problems.push(...assetProblems());
  return [...problems, ...sameKeys('.json', '.default.json'), ...sameKeys('.schema.json', '.default.schema.json')];
};

/** What is wrong with the schema of a block. */
export const schemaProblems = (source: string): readonly string[] => {
  const text = /\{% schema %\}([\s\S]*?)\{% endschema %\}/.exec(source)?.[1] ?? 'null';
  const schema = blockSchema.safeParse(JSON.parse(text));
  if (!schema.success) return [z.prettifyError(schema.error)];
  return schema.data.settings.flatMap((setting) => {
    const { id, type } = setting;
    return isSetting(setting) ? [] : [`setting ${id ?? type}: ${ajv.errorsText(isSetting.errors)}`];
  });
};

/** The assets are what their source makes, and the scripts and the style sheets each within their budget. */
const assetProblems = (): readonly string[] => {
  const made = storefrontAssets(process.cwd());
  const assets = new Map(
    readdirSync(join(folder, 'assets')).map((name) => [name, readFileSync(join(folder, 'assets', name), 'utf8')]),
  );
  const names = [...new Set([...made.keys(), ...assets.keys()])];
  return [
    ...names
      .filter((name) => made.get(name) !== assets.get(name))
      .map((name) => `assets/${name} is not what storefront/ makes: npm run storefront`),
    ...['.js', '.css'].flatMap((ending) => {
      const all = [...assets].filter(([name]) => name.endsWith(ending));
      const bytes = all.reduce((sum, [, text]) => sum + gzipSync(text).length, 0);
      return bytes > budgetBytes ? [`assets/*${ending}: ${bytes} bytes compressed, more than ${budgetBytes}`] : [];
    }),
  ];
};

const sameKeys = (ending: string, model: string): readonly string[] => {
  // Languages have different plural forms of one text.
  const read = (file: string): readonly string[] => {
    const keys = keysOf(JSON.parse(readFileSync(join(folder, 'locales', file), 'utf8')));
    return [...new Set(keys.map((key) => key.replace(/\.(?:zero|one|two|few|many|other)$/, '')))].sort();
  };
  const wanted = read(`en${model}`).join(' ');
  return ['it', 'de', 'fr', 'es']
    .filter((locale) => read(`${locale}${ending}`).join(' ') !== wanted)
    .map((locale) => `locales/${locale}${ending} has not the keys of the English file`);
};
