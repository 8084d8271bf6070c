import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defects, type Defect } from './defects';
import { locate } from './locate';

/** Applies each defect to a copy of the project and runs the test that must turn red for it. */
const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), 'defects-'));
for (const name of [
  'app',
  'test',
  'tools',
  'prisma',
  'extensions',
  'storefront',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'shopify.app.toml',
])
  cpSync(join(root, name), join(copy, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

const runTest = ({ testFile, testName }: Defect): { readonly failed: boolean; readonly ran: boolean } => {
  const { stdout } = spawnSync('npx', ['vitest', 'run', testFile, '-t', testName, '--reporter', 'json'], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, FIDELIO_TEST_BUILD: 'skip' },
  });
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { numFailedTests: number; numPassedTests: number };
  return { failed: report.numFailedTests > 0, ran: report.numFailedTests + report.numPassedTests > 0 };
};

// Without an argument all of them; else those whose name holds it.
const wanted = process.argv[2] ?? '';
let missed = 0;
for (const defect of defects.filter(({ name }) => name.includes(wanted))) {
  if (defect.needsServer === true && process.env.TEST_DATABASE_URL === undefined) {
    process.stdout.write(`– ${defect.name}: needs TEST_DATABASE_URL\n`);
    continue;
  }
  const file = join(copy, defect.file);
  const sound = readFileSync(file, 'utf8');
  const [place, ...others] = locate(sound, defect.find);
  if (place === undefined || others.length > 0)
    throw new Error(`${defect.name}: the line is not found exactly once in ${defect.file}`);
  writeFileSync(file, sound.slice(0, place.from) + defect.replace + sound.slice(place.to));
  const { failed, ran } = runTest(defect);
  writeFileSync(file, sound);
  const caught = failed && ran;
  process.stdout.write(`${caught ? '✓' : '✗'} ${defect.name} → ${defect.testName}${ran ? '' : ' (no such test)'}\n`);
  if (!caught) missed += 1;
}
rmSync(copy, { recursive: true, force: true });
process.exit(missed === 0 ? 0 : 1);
