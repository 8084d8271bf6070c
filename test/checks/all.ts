import { checkCatalogues } from './catalogues';
import { checkDefects } from './defects';
import { checkExtensions } from './extensions';
import { checkKeys } from './keys';
import { checkLines } from './lines';
import { checkMigrations } from './migrations';
import { checkOperations } from './operations';
import { checkTheme } from './theme';
import { checkToml } from './toml';
import { checkTypography } from './typography';

const checks = {
  'GraphQL operations against Shopify’s schema': checkOperations,
  'shopify.app.toml and routes': checkToml,
  'migrations and schema': checkMigrations,
  'theme extension': checkTheme,
  'extensions of checkout, account and counter': checkExtensions,
  'message catalogues': checkCatalogues,
  'quotes and hyphens of texts': checkTypography,
  'defects and their lines': checkDefects,
  'keys stay whole': checkKeys,
  'lines of code up to 120': checkLines,
} satisfies Record<string, () => readonly string[] | Promise<readonly string[]>>;

const main = async (): Promise<void> => {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    const problems = await check();
    process.stdout.write(
      `${problems.length === 0 ? '✓' : '✗'} ${name}\n${problems.map((problem) => `    ${problem}\n`).join('')}`,
    );
    failed += problems.length;
  }
  // Theme check keeps a worker alive.
  process.exit(failed === 0 ? 0 : 1);
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
