import type { GrantKind } from '~/core/rewards/grants';
import { spineTables, type ErasedTable } from '~/db/erasures';
import { spineExports, type ExportedTable } from '~/db/exports';
import type { Job, Sweep } from '~/jobs/job';
import { spineJobs, spineSweeps } from '~/jobs/spine';
import type { Wing } from '~/features/wing';
import * as modules from '~/modules';
import type { Giver } from '~/usecases/giver';
import type { Follower } from '~/usecases/events/followEvents';

/** Every wing, whatever it brings. */
export const wings: readonly Wing[] = Object.values(modules);

/** Every job there is: the queue, the worker and the replay go through this list. */
export const jobs: readonly Job[] = [...spineJobs, ...wings.flatMap((wing) => wing.jobs ?? [])];

/** What the clock brings about, in the order in which a tick does it. */
export const sweeps: readonly Sweep[] = [...spineSweeps, ...wings.flatMap((wing) => wing.sweeps ?? [])];

/** Everybody who is told what happens to members. */
export const followers: readonly Follower[] = wings.flatMap((wing) => wing.follows ?? []);

/** What wings give for points, by the grant. */
export const givers: ReadonlyMap<GrantKind, Giver> = new Map(
  wings.flatMap((wing) => (wing.gives ?? []).map((giver) => [giver.grant, giver] as const)),
);

const wingTables = wings.flatMap((wing) => wing.tables ?? []);

/** Every table of a tenant, children before parents: wings refer to the spine, which refers to none of them. */
export const tables: readonly ErasedTable[] = [...wingTables, ...spineTables];

/** What a program may take along, parents before children. */
export const exportedTables: readonly ExportedTable[] = [
  ...spineExports,
  ...wingTables.flatMap(({ name, exportedBy }) => (exportedBy === null ? [] : [{ name, key: exportedBy }])).reverse(),
];
