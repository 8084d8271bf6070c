import { kindsThat } from '~/core/ledger/entryKinds';

const list = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(', ');

/** The kinds of entries of which something is said, as a list in SQL: `kind IN (${…})`. */
export const sqlKinds = (...say: Parameters<typeof kindsThat>): string => list(kindsThat(...say));

/** SQL of whether an entry renews lots, as the core's `isActivity` says it. */
export const isActivitySql = (entry: string): string =>
  `(${entry}.kind IN (${sqlKinds(({ renews }) => renews === 'always')})
    OR ${entry}.kind IN (${sqlKinds(({ renews }) => renews === 'credit')}) AND ${entry}.points > 0)`;

/** SQL of entries whose draws say what sweeps took out of lots, less what came back since. */
export const isLapseSql = (entry: string): string => `(${entry}.kind = 'expire' OR ${entry}.part = 'revive')`;
