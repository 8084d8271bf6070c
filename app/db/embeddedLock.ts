import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Two processes on one folder of the embedded database both seem to work and silently lose data, so
 * a lock file beside the folder names the process that has it: its number and the moment it started,
 * because process numbers are used again.
 */
export type EmbeddedLock = { readonly release: () => void };

type Holder = { readonly pid: number; readonly startedAt: string | null };

/**
 * Takes the lock or throws one sentence that says who has it. A lock whose process is gone is taken over.
 */
export const takeEmbeddedLock = (lockPath: string): EmbeddedLock => {
  mkdirSync(dirname(lockPath), { recursive: true });
  const mine: Holder = { pid: process.pid, startedAt: startOf(process.pid) };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (writeNew(lockPath, mine)) {
      return { release: () => rmSync(lockPath, { force: true }) };
    }
    const holder = readHolder(lockPath);
    if (holder !== null && isAlive(holder)) {
      throw new Error(
        `The embedded database is in use by process ${holder.pid} (lock file ${lockPath}). Stop that process, or set DATABASE_URL to use a PostgreSQL server.`,
      );
    }
    rmSync(lockPath, { force: true });
  }
  throw new Error(`The lock file ${lockPath} cannot be taken: another process keeps taking it.`);
};

const writeNew = (lockPath: string, holder: Holder): boolean => {
  try {
    const file = openSync(lockPath, 'wx');
    writeSync(file, JSON.stringify(holder));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const readHolder = (lockPath: string): Holder | null => {
  try {
    const holder = JSON.parse(readFileSync(lockPath, 'utf8')) as Partial<Holder>;
    return typeof holder.pid === 'number' ? { pid: holder.pid, startedAt: holder.startedAt ?? null } : null;
  } catch {
    return null; // half-written by a process that died, or gone meanwhile
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

/** Clock ticks after boot at which a process started (field 22 of /proc/PID/stat); null where there is no /proc. */
const startOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
};
