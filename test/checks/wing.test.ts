import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Below the repository, so that its packages are found from there.
const copy = join(process.cwd(), '.data', 'with-a-wing');
const kept = new Set(['node_modules', 'build', '.data', '.git', 'test-output', '.stryker-tmp']);

const run = (command: string, ...words: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: copy, encoding: 'utf8', timeout: 200_000 });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};

beforeAll(() => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync('.').filter((entry) => !kept.has(entry)))
    cpSync(name, join(copy, name), { recursive: true });
  // One folder and one line …
  cpSync('test/wing/dummy', join(copy, 'app/features/dummy'), { recursive: true });
  appendFileSync(join(copy, 'app/modules.ts'), "export { dummy } from './features/dummy/module';\n");
  // … and, for its page and its table, a file each where pages and the history of the database are.
  cpSync('test/wing/page.txt', join(copy, 'app/routes/app.dummy.tsx'));
  mkdirSync(join(copy, 'prisma/migrations/29991231000000_greeting'));
  cpSync('test/wing/migration.sql', join(copy, 'prisma/migrations/29991231000000_greeting/migration.sql'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('a wing needs a folder and a line: its job runs, its event is followed, its points are given once, its table is kept', () => {
  run('npx', 'tsx', 'tools/texts.ts');
  const answer: unknown = JSON.parse(run('npx', 'tsx', 'test/wing/run.ts').trim().split('\n').at(-1) ?? '');
  expect(answer).toEqual({
    wings: [...readdirSync('app/features').filter((name) => !name.includes('.')), 'dummy'].sort(),
    done: 1,
    names: ['Ada'],
    exported: ['Ada'],
    thanked: ['Thanks for 10 points'],
    erased: [{ greeting: 1 }],
    sweeps: 1,
    title: 'Grüße',
  });
}, 240_000);

test('it is built with its page, and its types are in order', () => {
  run('npx', 'remix', 'vite:build', '--logLevel', 'error');
  const server = readFileSync(join(copy, 'build/server/index.js'), 'utf8');
  expect(server).toContain('routes/app.dummy');
  expect(server).toContain('Saludos');
  run('npx', 'tsc', '--noEmit', '--pretty', 'false');
}, 300_000);
