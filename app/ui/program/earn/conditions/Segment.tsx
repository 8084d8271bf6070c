import { ChoiceList } from '@shopify/polaris';
import { useWriting } from '../../../language';
import { useProgram } from '../../programContext';
import type { ConditionEditor } from './editor';

export const Segment: ConditionEditor<'segment'> = ({ label, condition, change, errorAt }) => {
  const { language } = useWriting();
  const { segments } = useProgram().draft.document;
  return (
    <ChoiceList
      allowMultiple
      title={label}
      choices={segments.map(({ id, name }) => ({ value: id, label: name[language] }))}
      selected={condition.segmentIds}
      onChange={(segmentIds) => change({ ...condition, segmentIds })}
      error={errorAt('segmentIds') ?? ''}
    />
  );
};
