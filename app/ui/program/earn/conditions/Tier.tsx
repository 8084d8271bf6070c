import { GroupChoice } from '../../GroupChoice';
import { useProgram } from '../../programContext';
import type { ConditionEditor } from './editor';

export const Tier: ConditionEditor<'tier'> = ({ label, condition, change, errorAt }) => {
  const { tiers } = useProgram().draft.document;
  return (
    <GroupChoice
      title={label}
      of={tiers?.levels ?? []}
      ids={condition.tierIds}
      choose={(tierIds) => change({ ...condition, tierIds })}
      error={errorAt('tierIds')}
    />
  );
};
