import { ChoiceList } from '@shopify/polaris';
import { useWriting } from '../../../language';
import { useProgram } from '../../programContext';
import type { ConditionEditor } from './editor';

/** The program's stores, by name; one that is named and does not belong to the program can only be taken out. */
export const Store: ConditionEditor<'store'> = ({ label, condition, change, errorAt }) => {
  const { t } = useWriting();
  const { stores } = useProgram();
  const strange = condition.storeIds.filter((id) => !stores.some((store) => store.id === id));
  return (
    <ChoiceList
      allowMultiple
      title={label}
      choices={[
        ...stores.map(({ id, name, domain }) => ({ value: id, label: name, helpText: domain })),
        ...strange.map((id) => ({ value: id, label: id, helpText: t('shop.gone_store') })),
      ]}
      selected={condition.storeIds}
      onChange={(storeIds) => change({ ...condition, storeIds })}
      error={errorAt('storeIds') ?? ''}
    />
  );
};
