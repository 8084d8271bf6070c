import type { ProductFacts } from '../earning/conditions/condition';
import { dependsOnHistory, dependsOnLabels, type RulesDocument } from '../evaluation/history';
import type { CustomerLabels } from '../evaluation/labels';
import type { OrderSnapshot } from '../orders/snapshot';
import type { MemberId, ProgramId, StoreId } from '../values/ids';
import { productKeyText } from '../values/keys';
import type { PublishedAt, Version } from '../values/version';

/** What a store's orders are settled by: its time zone and the versions of its program, oldest first. */
export type StoreSettings = {
  readonly programId: ProgramId;
  readonly zone: string;
  readonly versions: readonly PublishedAt[];
};

/** What a batch is settled by: what is read of programs, products and labels, whatever the orders. */
export type Grounds = {
  readonly settings: ReadonlyMap<string, StoreSettings>;
  /** All published versions of each program, oldest first. */
  readonly versions: ReadonlyMap<ProgramId, readonly Version<RulesDocument>[]>;
  /** By `productKeyText`; null: the platform has no such product. */
  readonly products: ReadonlyMap<string, ProductFacts | null>;
  /** The labels of locked members by `labelsKey`; without an entry nothing is known of them. */
  readonly labels: ReadonlyMap<string, readonly CustomerLabels[]>;
};

export const labelsKey = (memberId: MemberId, storeId: StoreId): string => `${memberId}|${storeId}`;

/** Whether any version of a program asks for labels of members. */
export const hasLabels = ({ versions }: Pick<Grounds, 'versions'>, programId: ProgramId): boolean =>
  versions.get(programId)?.some(({ document }) => dependsOnLabels(document)) ?? false;

/** Whether any version of a program makes an order depend on the member's earlier ones. */
export const hasHistory = ({ versions }: Pick<Grounds, 'versions'>, programId: ProgramId): boolean =>
  versions.get(programId)?.some(({ document }) => dependsOnHistory(document)) ?? false;

/**
 * Whether an order has to wait for products that the platform could not be asked about (`unread`, by `productKeyText`):
 * nothing is ever guessed. A line that names no product may be of any of them.
 */
export const waitsForProducts = (
  storeId: StoreId,
  { lines }: Pick<OrderSnapshot, 'lines'>,
  unread: ReadonlySet<string>,
): boolean =>
  lines.some(({ productId }) =>
    productId === null ? unread.size > 0 : unread.has(productKeyText({ storeId, productId })),
  );
