import type { ErasedTable } from '~/db/erasures';
import type { ExportKey } from '~/db/exports';
import type { Job, Sweep } from '~/jobs/job';
import type { Giver } from '~/usecases/giver';
import type { Follower } from '~/usecases/events/followEvents';

/** A table of a wing: what becomes of its rows, and the key by which a program takes them along (null: it does not). */
export type TenantTable = ErasedTable & { readonly exportedBy: ExportKey | null };

/**
 * A wing: what stands around the spine. A folder `features/<name>` with the same rooms inside (`core/ usecases/ views/
 * db/ components/ texts/`), of which `module.ts` tells the house. Wings do not know each other, and the spine knows
 * none of them. What it says in five languages is in `texts/{lang}.json`, merged with all others by `npm run generate`.
 */
export type Wing = {
  /** The name of its folder. */
  readonly name: string;
  /** How its effects are done. */
  readonly jobs?: readonly Job[];
  /** What the clock brings about in it. */
  readonly sweeps?: readonly Sweep[];
  /** Who in it is told what happens to members. */
  readonly follows?: readonly Follower[];
  /** What it gives for points, one grant each. */
  readonly gives?: readonly Giver[];
  /** Its tables, children before parents; they may refer to the spine's tables, never the other way round. */
  readonly tables?: readonly TenantTable[];
};
