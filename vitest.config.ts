import tsconfigPaths from 'vite-tsconfig-paths';
import { defineConfig } from 'vitest/config';
import { stuckFiles } from './test/support/stuckFiles';
import { mergeTexts } from './tools/texts';

mergeTexts(import.meta.dirname);

export default defineConfig({
  plugins: [tsconfigPaths()],
  test: {
    globalSetup: ['test/support/globalSetup.ts'],
    setupFiles: ['test/support/browserSetup.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: ['default', stuckFiles()],
    // It imports the extensions' sources itself, which Node cannot read.
    server: { deps: { inline: [/@shopify\/ui-extensions-tester/] } },
    // Speed is measured by the benchmarks; these only end what would never end, on slow machines, too.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 10_000 } },
    // Two embedded databases alive at once are what a small machine can carry.
    maxWorkers: 2,
    env: {
      SHOPIFY_API_KEY: 'test-key',
      SHOPIFY_API_SECRET: 'test-secret',
      SHOPIFY_APP_URL: 'https://app.example.com',
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'silent',
      NODE_ENV: 'test',
    },
  },
});
