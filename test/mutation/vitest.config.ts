import tsconfigPaths from 'vite-tsconfig-paths';
import { defineConfig } from 'vitest/config';

// Mutants of the core are met by the tests of the core alone: they need no database, no build and no browser.
export default defineConfig({
  plugins: [tsconfigPaths()],
  test: {
    include: ['test/core/**/*.test.ts', 'test/model/core.test.ts'],
    testTimeout: 60_000,
    env: { FIDELIO_MODEL_RUNS: '150' },
  },
});
