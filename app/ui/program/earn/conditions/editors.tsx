import type { ConditionKind } from '~/core/earning/conditions/all';
import { useWriting } from '../../../language';
import { Channel } from './Channel';
import { Collection } from './Collection';
import { Dates } from './Dates';
import { Hours } from './Hours';
import { MinimumSpend } from './MinimumSpend';
import { OrderNumber } from './OrderNumber';
import { Product } from './Product';
import { ProductTag } from './ProductTag';
import { ProductType } from './ProductType';
import { Segment } from './Segment';
import { Store } from './Store';
import { Tier } from './Tier';
import { Vendor } from './Vendor';
import { Weekday } from './Weekday';
import type { ConditionEditor, ConditionProps } from './editor';

// A condition without its editor does not compile.
const editors = {
  weekday: Weekday,
  hours: Hours,
  dates: Dates,
  product: Product,
  collection: Collection,
  minimum_spend: MinimumSpend,
  order_number: OrderNumber,
  channel: Channel,
  product_tag: ProductTag,
  product_type: ProductType,
  vendor: Vendor,
  tier: Tier,
  segment: Segment,
  store: Store,
} satisfies { readonly [Kind in ConditionKind]: ConditionEditor<Kind> };

/** All kinds of conditions, in the order in which they are offered. */
export const kindsOffered = Object.keys(editors) as readonly ConditionKind[];

/** The fields of a condition. The cast says what the type system cannot: the editor of a kind takes its conditions. */
export const ConditionFields = (props: Omit<ConditionProps<ConditionKind>, 'label'>) => {
  const { t } = useWriting();
  const Fields = editors[props.condition.kind] as unknown as ConditionEditor<ConditionKind>;
  return <Fields {...props} label={t(`program.condition_${props.condition.kind}`)} />;
};
