import { z } from 'zod';
import { channel } from './channel';
import { collection } from './collection';
import { dates } from './dates';
import { hours } from './hours';
import { minimumSpend } from './minimumSpend';
import { orderNumber } from './orderNumber';
import { product } from './product';
import { productTag } from './productTag';
import { productType } from './productType';
import { segment } from './segment';
import { store } from './store';
import { tier } from './tier';
import { vendor } from './vendor';
import { weekday } from './weekday';
import type { ConditionModel, LineFacts, Need, OccasionFacts } from './condition';

type AnyKind = {
  readonly kind: string;
  readonly schema: z.ZodType;
  readonly need: Need | null;
} & (
  | {
      readonly scope: 'line';
      readonly test: (condition: never) => (line: LineFacts) => boolean;
      readonly keys: (condition: never) => readonly string[];
    }
  | { readonly scope: 'order'; readonly test: (condition: never) => (order: OccasionFacts) => boolean }
);

/**
 * Every kind of condition a bonus rule may have. A new one is a file and a line here; then the compiler names the list
 * of words and the list of editors, where it is a file and a line, too.
 */
export const conditionKinds = {
  product,
  collection,
  product_tag: productTag,
  product_type: productType,
  vendor,
  tier,
  segment,
  order_number: orderNumber,
  channel,
  store,
  weekday,
  hours,
  dates,
  minimum_spend: minimumSpend,
} as const satisfies Readonly<Record<string, AnyKind>>;

export type ConditionKind = keyof typeof conditionKinds;
type ConditionSchema = (typeof conditionKinds)[ConditionKind]['schema'];

// The cast says what the type system cannot: the values of an object that is not empty are a list that is not.
export const conditionSchema = z.discriminatedUnion(
  'kind',
  Object.values(conditionKinds).map(({ schema }) => schema) as unknown as readonly [
    ConditionSchema,
    ...ConditionSchema[],
  ],
);

export type Condition = z.infer<typeof conditionSchema>;

/** A condition made ready to be asked many times. */
export type ReadyCondition =
  | {
      readonly scope: 'line';
      readonly need: Need | null;
      readonly test: (line: LineFacts) => boolean;
      readonly keys: readonly string[];
    }
  | { readonly scope: 'order'; readonly need: Need | null; readonly test: (order: OccasionFacts) => boolean };

export const readyCondition = (condition: Condition): ReadyCondition => {
  const kind: AnyKind = conditionKinds[condition.kind];
  return kind.scope === 'line'
    ? { scope: 'line', need: kind.need, test: kind.test(condition as never), keys: kind.keys(condition as never) }
    : { scope: 'order', need: kind.need, test: kind.test(condition as never) };
};

/** A new condition of a kind, with ordinary values; null: there is nothing here that it could name. */
export const newCondition = (kind: ConditionKind, given: ConditionModel): Condition | null => {
  const fields = conditionKinds[kind].model(given);
  return fields === null ? null : ({ kind, ...fields } as Condition);
};
