import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Below the repository, so that its packages are found from there.
const copy = join(process.cwd(), '.data', 'with-kinds');
const kept = new Set(['node_modules', 'build', '.data', '.git', 'test-output', '.stryker-tmp', 'kinds']);
const added = join('test', 'kinds', 'house');

const run = (command: string, ...words: readonly string[]): string => {
  const env = { ...process.env, FIDELIO_TEST_BUILD: 'skip' };
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: copy, env, encoding: 'utf8', timeout: 280_000 });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};

/** A kind takes its place in a list: where it is imported from, and one line behind the list's beginning. */
const addLine = (file: string, list: string, line: string, from: string): void => {
  const before = readFileSync(join(copy, file), 'utf8');
  expect(before, `${file} has no "${list}"`).toContain(list);
  const name = line.includes(':') ? (line.split(': ')[1] ?? '') : line;
  writeFileSync(
    join(copy, file),
    `import { ${name} } from './${from}';\n${before.replace(list, `${list}\n  ${line},`)}`,
  );
};

beforeAll(() => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync('.').filter((entry) => !kept.has(entry)))
    cpSync(name, join(copy, name), { recursive: true });
  // One file a room …
  for (const entry of readdirSync(added, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const to = join(copy, relative(added, path).replace(/\.txt$/, ''));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(path, to);
  }
  // … and one line in its list.
  addLine('app/core/earning/conditions/all.ts', 'export const conditionKinds = {', 'month', 'month');
  addLine('app/i18n/sentences/conditions/all.ts', 'const words = {', 'month', 'month');
  addLine('app/ui/program/earn/conditions/editors.tsx', 'const editors = {', 'month: Month', 'Month');
  addLine('app/core/rewards/section.ts', 'export const rewardKinds = {', 'trees', 'kinds/trees');
  addLine('app/i18n/sentences/rewards/all.ts', 'const words = {', 'trees', 'trees');
  addLine('app/ui/program/rewards/kinds/editors.ts', 'export const editors = {', 'trees', 'trees');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('a condition kind and a reward kind of their own files are in the editor, the sentence and the diff', () => {
  const told = run('npx', 'vitest', 'run', 'test/components/newKinds.test.tsx', '--reporter=json');
  const { numPassedTests, numFailedTests } = JSON.parse(told.slice(told.indexOf('{'))) as Record<string, number>;
  expect([numPassedTests, numFailedTests]).toEqual([2, 0]);
}, 300_000);

test('nothing else is missing for them: the types of the whole house are in order', () => {
  run('npx', 'tsc', '--noEmit', '--pretty', 'false');
}, 300_000);
