import type { Instant } from '~/core/values/instant';
import { takeCalls, type Bucket } from '~/db/callers';
import type { Services } from '~/process/services';

/** Who calls for what, and how often they may. */
export type Limit = { readonly who: string } & Omit<Bucket, 'id'>;

/**
 * How many seconds a caller has to wait, by all the limits that hold for the call; 0: it may go on. Counted in the
 * database, so that any number of processes are one.
 */
export const secondsToWait = (
  { database, deps }: Pick<Services, 'database' | 'deps'>,
  limits: readonly Limit[],
  now: Instant,
): Promise<number> =>
  takeCalls(
    database.prisma,
    limits.map(({ who, ...limit }) => ({ id: deps.secrets.hashCaller(who), ...limit })),
    now,
  );

/** From where a request comes, as what stands before the app says; "direct": nothing does. */
export const addressOf = (request: Request): string =>
  request.headers.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 64) || 'direct';
