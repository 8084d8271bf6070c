import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Tests run with another NODE_ENV: under it the bundle would be React's slow one, and begin a worker in every process.
test('the app that tests drive is built as it is for production', () => {
  const bundle = readFileSync('build/server/index.js', 'utf8');
  const has = (name: string): boolean => bundle.includes(name);
  expect({ all: has('startWorker'), development: has('fidelioDevelopmentWorker') }).toEqual({
    all: true,
    development: false,
  });
});
