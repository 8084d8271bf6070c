import { fold } from '~/core/earning/conditions/condition';
import { exampleOrder, worthOfExample } from '~/core/program/example';
import { earnSummary, quoteCertainty } from '~/core/storefront/earnSummary';
import type { EarnSummary } from '~/core/storefront/summary';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import { localClockOf, timeOf } from '~/core/values/zone';
import { memberOfCustomer } from '~/db/identities';
import { tierOf } from '~/db/members';
import { countOrdersOf } from '~/db/orders';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from '~/usecases/deps';
import { soldThings } from './soldThings';

/** So many pieces of a variant, as a cart holds them. */
export type QuotedLine = { readonly variantId: PlatformId; readonly quantity: number };

/** What a cart earns if it is bought now, and how sure that is. null: there is no program, or nothing is earned. */
export type CartQuote = { readonly points: number | null; readonly certainty: EarnSummary['certainty'] | null };

/**
 * What a cart would earn, at the shop's own prices before any discount, for a customer with their tier, tags and order
 * number (null: a guest, who would be a new member), by the evaluation of every real order. Limits of points a day or a
 * month are not known before the order: `certainty` then says "about".
 */
export const storefrontQuote = async (
  deps: Deps,
  store: Store,
  { customerId, lines }: { readonly customerId: PlatformId | null; readonly lines: readonly QuotedLine[] },
  now: Instant,
): Promise<Result<CartQuote, PlatformFailure>> => {
  const program = await currentProgram(deps.database.prisma, store.programId);
  const earn = program === null ? null : earnSummary(program.document, store.currency);
  if (program === null || earn === null) return ok({ points: null, certainty: null });
  const platform = deps.platformOf(store);
  const sold = await soldThings(platform, [...new Set(lines.map(({ variantId }) => variantId))]);
  if (!sold.ok) return sold;
  const labels = customerId === null ? ok(new Map<PlatformId, string[]>()) : await platform.readLabels([customerId]);
  if (!labels.ok) return labels;
  const clock = localClockOf(now, store.timeZone);
  const things = new Map(sold.value.map((thing) => [thing.variantId, thing]));
  const example = {
    lines: lines.flatMap(({ variantId, quantity }) => {
      const thing = things.get(variantId);
      return thing === undefined ? [] : [{ title: '', ...thing, quantity }];
    }),
    ...{ currency: store.currency, zone: store.timeZone, storeId: store.storeId, segment: null },
    ...{ day: clock.isoDate, time: timeOf(clock), ...(await buyerOf(deps, store, customerId)) },
  };
  const order = exampleOrder(example);
  const certainty = quoteCertainty(earn);
  // None of it is sold here.
  if (order === null) return ok({ points: 0, certainty });
  const own = (labels.value.get(customerId ?? ('' as PlatformId)) ?? []).map(fold);
  return ok({ points: worthOfExample(order, example, program.document, own).points, certainty });
};

const buyerOf = async (
  { database: { prisma } }: Pick<Deps, 'database'>,
  { programId, storeId }: Store,
  customerId: PlatformId | null,
): Promise<{ readonly tier: string | null; readonly orderNumber: number }> => {
  const memberId = customerId === null ? null : await memberOfCustomer(prisma, programId, storeId, customerId);
  if (memberId === null) return { tier: null, orderNumber: 1 };
  const [tier, orders] = [await tierOf(prisma, programId, memberId), await countOrdersOf(prisma, programId, memberId)];
  return { tier, orderNumber: orders + 1 };
};
