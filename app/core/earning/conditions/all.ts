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
import type { LineFacts, Need, OccasionFacts } from './condition';

/** Every kind of condition a bonus rule may have. A new kind is one new file and one line in each list here. */
export const conditionSchema = z.discriminatedUnion('kind', [
  product.schema,
  collection.schema,
  productTag.schema,
  productType.schema,
  vendor.schema,
  tier.schema,
  segment.schema,
  orderNumber.schema,
  channel.schema,
  store.schema,
  weekday.schema,
  hours.schema,
  dates.schema,
  minimumSpend.schema,
]);

export type Condition = z.infer<typeof conditionSchema>;
export type ConditionKind = Condition['kind'];

type AnyKind = {
  readonly need: Need | null;
} & (
  | {
      readonly scope: 'line';
      readonly test: (condition: never) => (line: LineFacts) => boolean;
      readonly keys: (condition: never) => readonly string[];
    }
  | { readonly scope: 'order'; readonly test: (condition: never) => (order: OccasionFacts) => boolean }
);

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
} as const satisfies Record<ConditionKind, AnyKind>;

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
