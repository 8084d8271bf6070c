import { ResourceField } from '../../ResourceField';
import type { ConditionEditor } from './editor';

export const Product: ConditionEditor<'product'> = ({ label, condition, change, errorAt }) => (
  <ResourceField
    kind="product"
    label={label}
    ids={condition.productIds}
    onChange={(productIds) => change({ ...condition, productIds })}
    error={errorAt('productIds')}
  />
);
