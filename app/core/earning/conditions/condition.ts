import type { z } from 'zod';
import type { Money } from '../../values/ratio';
import type { LocalClock } from '../../values/zone';

/**
 * What the rules may ask of a product; read from the platform once, and frozen with each line of it
 * (`earning/frozenLines`).
 */
export type ProductFacts = {
  readonly type: string | null;
  readonly tags: readonly string[];
  /** Ids of the collections it belongs to. */
  readonly collections: readonly string[];
  /** Variants whose price is below their compare-at price. */
  readonly saleVariants: readonly string[];
};

/** What a condition may ask of one line. Texts are in lower case. */
export type LineFacts = {
  readonly productId: string | null;
  readonly vendor: string | null;
  readonly type: string | null;
  readonly tags: readonly string[];
  readonly collections: readonly string[];
};

/** What a condition may ask of the whole order, at the order's own instant. */
export type OccasionFacts = {
  readonly storeId: string;
  readonly channel: string | null;
  readonly currency: string;
  /** Σ basis of the order's units: `minor` ÷ `per` minor units. */
  readonly basis: Money;
  readonly tier: string | null;
  readonly segments: readonly string[];
  /** 1 for the member's first order. */
  readonly orderNumber: number;
  /** The wall clock of the store's zone. */
  readonly clock: () => LocalClock;
};

/** What of an order's context a rule depends on, so that only programs that ask for it pay for it. */
export type Need = 'tier' | 'order_number' | 'products' | 'labels';

/** What new conditions are made of: the day on which one is added, money, and the groups and stores that there are. */
export type ConditionModel = {
  readonly today: string;
  readonly currency: string;
  readonly ordinaryUnit: number;
  readonly tierIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly storeIds: readonly string[];
};

type Common<Kind extends string, Schema extends z.ZodType> = {
  readonly kind: Kind;
  readonly schema: Schema;
  /**
   * The fields of a new one with ordinary values, as the editor offers it; what names things of the shop begins empty:
   * they are chosen. null: there is nothing here to choose from.
   */
  readonly model: (given: ConditionModel) => Omit<z.infer<Schema>, 'kind'> | null;
  readonly need: Need | null;
};

/** A condition on lines: the rule holds for the lines that match, and leaves shipping out. */
export type LineCondition<Kind extends string, Schema extends z.ZodType> = Common<Kind, Schema> & {
  readonly scope: 'line';
  /** Prepares the test once per document. */
  readonly test: (condition: z.infer<Schema>) => (line: LineFacts) => boolean;
  /** The keys (see `lineKeys`) of which a line has at least one when it matches: rules are found by them. */
  readonly keys: (condition: z.infer<Schema>) => readonly string[];
};

/** A condition on the whole order. */
export type OrderCondition<Kind extends string, Schema extends z.ZodType> = Common<Kind, Schema> & {
  readonly scope: 'order';
  readonly test: (condition: z.infer<Schema>) => (order: OccasionFacts) => boolean;
};

export const lineCondition = <const Kind extends string, Schema extends z.ZodType>(
  condition: Omit<LineCondition<Kind, Schema>, 'scope'>,
): LineCondition<Kind, Schema> => ({ ...condition, scope: 'line' });

export const orderCondition = <const Kind extends string, Schema extends z.ZodType>(
  condition: Omit<OrderCondition<Kind, Schema>, 'scope'>,
): OrderCondition<Kind, Schema> => ({ ...condition, scope: 'order' });

/** What a line is found by: product, vendor, type, tags, collections. */
export const lineKeys = ({ productId, vendor, type, tags, collections }: LineFacts): readonly string[] => {
  const keys: string[] = [];
  if (productId !== null) keys.push(`p${productId}`);
  if (vendor !== null) keys.push(`v${vendor}`);
  if (type !== null) keys.push(`y${type}`);
  for (const tag of tags) keys.push(`t${tag}`);
  for (const id of collections) keys.push(`c${id}`);
  return keys;
};

/** Texts of a shop are compared without regard to case, as the shop's own search does. */
export const fold = (text: string): string => text.trim().toLowerCase();
export const folded = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.map(fold));
