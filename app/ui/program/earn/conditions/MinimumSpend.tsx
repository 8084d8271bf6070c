import { MoneyField } from '../../../fields';
import type { ConditionEditor } from './editor';

export const MinimumSpend: ConditionEditor<'minimum_spend'> = ({ label, condition, change, errorAt }) => (
  <MoneyField
    label={label}
    minor={condition.amountMinor}
    currency={condition.currency}
    onChange={(minor) => change({ ...condition, amountMinor: minor ?? Number.NaN })}
    error={errorAt('amountMinor')}
  />
);
