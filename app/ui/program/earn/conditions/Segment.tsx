import { GroupChoice } from '../../GroupChoice';
import { useProgram } from '../../programContext';
import type { ConditionEditor } from './editor';

export const Segment: ConditionEditor<'segment'> = ({ label, condition, change, errorAt }) => {
  const { segments } = useProgram().draft.document;
  return (
    <GroupChoice
      title={label}
      of={segments}
      ids={condition.segmentIds}
      choose={(segmentIds) => change({ ...condition, segmentIds })}
      error={errorAt('segmentIds')}
    />
  );
};
