import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Two processes on one folder of the embedded database both seem to work and silently lose data, so a lock file in
 * the folder names the process that has it: its number and the moment it started, because numbers are used again.
 *
 * A lock that is read, judged stale, removed and made again can be somebody's new one by then. So nobody ever removes
 * what another living process made: whoever wants the folder first makes a claim, a file of its own whose name says
 * everything, and has the folder once it sees no other living claim beside it. Of two claims that are made at once at
 * least one sees the other; the one whose name comes later gives way. Claims of dead processes are removed by anybody:
 * their names are never used again.
 */
export type EmbeddedLock = { readonly release: () => void };

type Holder = { readonly pid: number; readonly startedAt: string | null };

const waitMaxMs = 10_000;
const unknownStart = 'x';

/** Takes the lock, or throws one sentence that says who has it. A lock whose process is gone is taken over, by one. */
export const takeEmbeddedLock = async (lockPath: string): Promise<EmbeddedLock> => {
  mkdirSync(dirname(lockPath), { recursive: true });
  const startedAt = startOf(process.pid);
  const name = [basename(lockPath), process.pid, startedAt ?? unknownStart, randomBytes(8).toString('hex')].join('.');
  const claim = join(dirname(lockPath), name);
  const until = Date.now() + waitMaxMs;
  try {
    while (!(await claimed(lockPath, name))) {
      if (Date.now() > until) throw new Error(`The lock ${lockPath} cannot be taken: another process keeps taking it.`);
      await sleep(5 + Math.random() * 20);
    }
    writeHolder(lockPath, { pid: process.pid, startedAt });
  } catch (error) {
    rmSync(claim, { force: true });
    throw error;
  }
  // First the name, then the claim: who reads in between sees a living claim and waits.
  return { release: () => [lockPath, claim].forEach((path) => rmSync(path, { force: true })) };
};

/** One try: true with the claim standing alone; false, and the claim taken back, when another one goes first. */
const claimed = async (lockPath: string, name: string): Promise<boolean> => {
  const claim = join(dirname(lockPath), name);
  closeSync(openSync(claim, 'w'));
  for (;;) {
    const others = livingClaims(lockPath).filter((other) => other !== name);
    refuseHeld(lockPath);
    if (others.length === 0) return true;
    if (others.some((other) => other < name)) {
      rmSync(claim, { force: true });
      return false;
    }
    await sleep(5); // the later ones give way, or one of them has the folder and says so
  }
};

const refuseHeld = (lockPath: string): void => {
  const holder = readHolder(lockPath);
  if (holder === null || !isAlive(holder)) return;
  throw new Error(
    `The embedded database is in use by process ${holder.pid} (lock file ${lockPath}). ` +
      'Stop that process, or set DATABASE_URL to use a PostgreSQL server.',
  );
};

/** The names of the claims whose processes live; those of dead ones are removed. */
const livingClaims = (lockPath: string): readonly string[] => {
  const claims = new RegExp(`^${basename(lockPath).replaceAll('.', '\\.')}\\.(\\d+)\\.(\\w+)\\.[0-9a-f]{16}$`);
  return readdirSync(dirname(lockPath)).filter((name) => {
    const [, pid, startedAt] = claims.exec(name) ?? [];
    if (pid === undefined || startedAt === undefined) return false;
    if (isAlive({ pid: Number(pid), startedAt: startedAt === unknownStart ? null : startedAt })) return true;
    rmSync(join(dirname(lockPath), name), { force: true });
    return false;
  });
};

// Only who has the folder writes the lock file; whole at once, so that nobody reads half of it.
const writeHolder = (lockPath: string, holder: Holder): void => {
  const draft = `${lockPath}.draft`;
  writeFileSync(draft, JSON.stringify(holder));
  renameSync(draft, lockPath);
};

const readHolder = (lockPath: string): Holder | null => {
  try {
    const holder = JSON.parse(readFileSync(lockPath, 'utf8')) as Partial<Holder>;
    return typeof holder.pid === 'number' ? { pid: holder.pid, startedAt: holder.startedAt ?? null } : null;
  } catch {
    return null; // half-written by an earlier version that died, or there is none
  }
};

const isAlive = (holder: Holder): boolean => {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const startedAt = startOf(holder.pid);
  return holder.startedAt === null || startedAt === null || startedAt === holder.startedAt;
};

/**
 * When a process started, as a word to compare: clock ticks after boot (field 22 of /proc/PID/stat), where there is no
 * /proc the second that `ps` says; null where neither can be asked.
 */
const startOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return null;
    const said = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    return said.stdout?.replaceAll(/\W+/g, '_') || null;
  }
};
