import { forecastTier, type TierForecast } from '~/core/tiers/forecast';
import type { MemberKey } from '~/core/values/keys';
import type { Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import type { ProgramReader } from '~/db/programs';
import { historiesOf } from '~/db/tiers';

/**
 * How a member's tier goes on, from where the checkpoint stands and the facts of the orders since; null: the program
 * has no tiers, or orders of the member are still to be judged by them.
 */
export const readForecast = async (
  { database, programs }: { readonly database: Pick<Database, 'prisma'>; readonly programs: ProgramReader },
  member: MemberKey,
  now: Instant,
): Promise<TierForecast | null> => {
  const { programId, memberId } = member;
  const [settings] = (await programs.settingsOf([programId])).values();
  const versions = await programs.versionsOf(programId, settings?.versions ?? []);
  const newest = versions.at(-1);
  if (newest === undefined || newest.document.tiers === null) return null;
  const asked = { programId, memberId, since: now, version: newest.version };
  const [history] = await historiesOf(database.prisma, [asked]);
  if (history === undefined || history.orders.some(({ isRemembered }) => !isRemembered)) return null;
  const { overrides, remembered: orders } = history;
  return forecastTier(versions, { overrides, kept: history.checkpoint?.holding?.clock ?? null, orders }, now);
};
