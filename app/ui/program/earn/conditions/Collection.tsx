import { ResourceField } from '../../ResourceField';
import type { ConditionEditor } from './editor';

const collectionsMax = 200;

export const Collection: ConditionEditor<'collection'> = ({ label, condition, change, errorAt }) => (
  <ResourceField
    kind="collection"
    label={label}
    most={collectionsMax}
    ids={condition.collectionIds}
    onChange={(collectionIds) => change({ ...condition, collectionIds })}
    error={errorAt('collectionIds')}
  />
);
