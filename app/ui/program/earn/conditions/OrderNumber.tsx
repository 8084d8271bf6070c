import { NumbersField } from '../../fields';
import type { ConditionEditor } from './editor';

export const OrderNumber: ConditionEditor<'order_number'> = ({ label, condition, change, errorAt }) => (
  <NumbersField
    label={label}
    values={condition.numbers}
    onChange={(numbers) => change({ ...condition, numbers })}
    error={errorAt('numbers') ?? errorAt('numbers.0')}
  />
);
