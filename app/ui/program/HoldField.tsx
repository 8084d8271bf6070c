import { NumberField } from '../fields';
import { useWriting } from '../language';
import { useProgram } from './programContext';

/** How many days points wait until they can be spent: part of what an order earns, and of the policies. */
export const HoldField = () => {
  const { t } = useWriting();
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  return (
    <NumberField
      label={t('program.hold_days')}
      value={earning.holdDays}
      onChange={(holdDays) => draft.change({ earning: { ...earning, holdDays } })}
      error={errorAt('earning.holdDays')}
    />
  );
};
