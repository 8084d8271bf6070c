import { ChipsField } from '../../ChipsField';
import type { ConditionEditor } from './editor';

export const Vendor: ConditionEditor<'vendor'> = ({ label, condition, change, errorAt }) => (
  <ChipsField
    of="vendor"
    label={label}
    values={condition.vendors}
    onChange={(vendors) => change({ ...condition, vendors })}
    error={errorAt('vendors')}
  />
);
