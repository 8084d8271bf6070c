import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeEmbeddedLock, type EmbeddedLock } from '~/db/embeddedLock';

const ended = (child: ReturnType<typeof spawn>): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', resolve));

/** Many that want one folder at once: those who got it, and what the others were told. */
const contend = async (
  path: string,
  contenders: number,
): Promise<{ readonly locks: EmbeddedLock[]; readonly refusals: string[] }> => {
  const tried = await Promise.allSettled(Array.from({ length: contenders }, () => takeEmbeddedLock(path)));
  return {
    locks: tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    refusals: tried.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
  };
};

const startOf = (pid: number | undefined): string | undefined => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
};

test('the lock names the process that has it, and is taken over when that process is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const path = join(folder, 'database.lock');
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  writeFileSync(path, JSON.stringify({ pid: other.pid, startedAt: startOf(other.pid) }));
  await expect(takeEmbeddedLock(path)).rejects.toThrow(new RegExp(`in use by process ${other.pid}`));
  other.kill('SIGKILL');
  await ended(other);
  const lock = await takeEmbeddedLock(path);
  await expect(takeEmbeddedLock(path)).rejects.toThrow(/in use/);
  lock.release();
  (await takeEmbeddedLock(path)).release();
  // The number was used again by another process: not the one that took the lock.
  writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: '1' }));
  (await takeEmbeddedLock(path)).release();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('of many that start at once beside a lock whose process is gone exactly one has the folder, every time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const path = join(folder, 'database.lock');
  for (let round = 0; round < 20; round += 1) {
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    writeFileSync(join(folder, `database.lock.${process.pid}.1.0123456789abcdef`), ''); // the claim of the dead one
    const { locks, refusals } = await contend(path, 12);
    expect([round, locks.length, refusals.length]).toEqual([round, 1, 11]);
    expect(refusals.every((told) => told.includes('in use by process'))).toBe(true);
    locks.forEach((lock) => lock.release());
    expect(readdirSync(folder)).toEqual([]);
  }
  rmSync(folder, { recursive: true });
});

test('processes that are killed and started at once, again and again, never have the folder together', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const path = join(folder, 'database.lock');
  const source = join(process.cwd(), 'app/db/embeddedLock.ts');
  const script = `import { takeEmbeddedLock } from ${JSON.stringify(source)};
    const holds = () => { process.stdout.write('has it'); setInterval(() => {}, 1000); };
    takeEmbeddedLock(${JSON.stringify(path)}).then(holds, () => process.exit(7));`;
  for (let round = 0; round < 4; round += 1) {
    const children = Array.from({ length: 5 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]),
    );
    const told = await Promise.all(
      children.map(
        (child) =>
          new Promise<string>((resolve) => {
            child.stdout.once('data', (text: Buffer) => resolve(text.toString()));
            child.once('exit', (code) => resolve(`ended with ${code}`));
          }),
      ),
    );
    expect([...told].sort()).toEqual([...Array.from({ length: 4 }, () => 'ended with 7'), 'has it']);
    children.forEach((child) => child.kill('SIGKILL')); // the next round finds the lock of a dead process
    await Promise.all(children.filter((child) => child.exitCode === null && child.signalCode === null).map(ended));
  }
  rmSync(folder, { recursive: true });
});
