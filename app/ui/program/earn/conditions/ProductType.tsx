import { ChipsField } from '../../ChipsField';
import type { ConditionEditor } from './editor';

export const ProductType: ConditionEditor<'product_type'> = ({ label, condition, change, errorAt }) => (
  <ChipsField
    of="product_type"
    label={label}
    values={condition.types}
    onChange={(types) => change({ ...condition, types })}
    error={errorAt('types')}
  />
);
