import { ChoiceList } from '@shopify/polaris';
import { useWriting } from '../../../language';
import { useProgram } from '../../programContext';
import type { ConditionEditor } from './editor';

export const Tier: ConditionEditor<'tier'> = ({ label, condition, change, errorAt }) => {
  const { language } = useWriting();
  const { tiers } = useProgram().draft.document;
  return (
    <ChoiceList
      allowMultiple
      title={label}
      choices={(tiers?.levels ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
      selected={condition.tierIds}
      onChange={(tierIds) => change({ ...condition, tierIds })}
      error={errorAt('tierIds') ?? ''}
    />
  );
};
