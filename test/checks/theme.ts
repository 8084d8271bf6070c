import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { themeCheckRun } from '@shopify/theme-check-node';
import { z } from 'zod';

const folder = join(process.cwd(), 'extensions', 'loyalty-storefront');
const scriptMaxBytes = 10_240;

const blockSchema = z.strictObject({
  name: z.string().startsWith('t:'),
  target: z.enum(['section', 'head', 'body', 'compliance_head']),
  settings: z.array(z.looseObject({ type: z.string(), id: z.string(), label: z.string().startsWith('t:') })),
});

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
  for (const file of readdirSync(join(folder, 'blocks'))) {
    const source = readFileSync(join(folder, 'blocks', file), 'utf8');
    const schema = blockSchema.safeParse(
      JSON.parse(/\{% schema %\}([\s\S]*?)\{% endschema %\}/.exec(source)?.[1] ?? 'null'),
    );
    if (!schema.success) problems.push(`blocks/${file}: ${z.prettifyError(schema.error)}`);
  }
  for (const asset of readdirSync(join(folder, 'assets'))) {
    const bytes = gzipSync(readFileSync(join(folder, 'assets', asset))).length;
    if (bytes > scriptMaxBytes)
      problems.push(`assets/${asset} is ${bytes} bytes compressed, more than ${scriptMaxBytes}`);
  }
  return [...problems, ...sameKeys('.json', '.default.json'), ...sameKeys('.schema.json', '.default.schema.json')];
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
