import { ChipsField } from '../../ChipsField';
import type { ConditionEditor } from './editor';

export const ProductTag: ConditionEditor<'product_tag'> = ({ label, condition, change, errorAt }) => (
  <ChipsField
    of="product_tag"
    label={label}
    values={condition.tags}
    onChange={(tags) => change({ ...condition, tags })}
    error={errorAt('tags')}
  />
);
