import { spawnSync } from 'node:child_process';
import type { Reporter, TestModule } from 'vitest/node';

const patienceMs = 20 * 60_000;

/**
 * Ends a run in which one file of tests takes twenty minutes, and says which: a loop that lets no timer run is stopped
 * by no test's own time limit.
 */
export const stuckFiles = (): Reporter => {
  const timers = new Map<string, NodeJS.Timeout>();
  const stop = ({ moduleId }: TestModule): void => {
    process.stderr.write(`\n${moduleId} has run for twenty minutes and is stopped.\n`);
    // A process in such a loop does not notice that its parent ends.
    spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
    process.exit(1);
  };
  return {
    onTestModuleQueued: (module) => void timers.set(module.moduleId, setTimeout(stop, patienceMs, module)),
    onTestModuleEnd: ({ moduleId }) => clearTimeout(timers.get(moduleId)),
  };
};
