import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { newCondition, type Condition } from '~/core/earning/conditions/all';
import { instant } from '~/core/values/instant';
import { ordinaryUnit } from '~/core/values/money';
import { localClockOf } from '~/core/values/zone';
import { useWriting } from '../../language';
import { MenuButton } from '../../MenuButton';
import { useProgram } from '../programContext';
import { keyAt, Removable } from '../Removable';
import { ConditionFields, kindsOffered } from './conditions/editors';

type Props = {
  readonly conditions: readonly Condition[];
  readonly change: (conditions: Condition[]) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** When a rule holds: all its conditions must. */
export const ConditionList = ({ conditions, change, errorAt }: Props) => {
  const { t, currency, timeZone } = useWriting();
  const { draft, stores } = useProgram();
  const { tiers, segments } = draft.document;
  const [added, setAdded] = useState<Condition['kind'] | null>(null);
  const given = {
    today: localClockOf(instant(Date.now()), timeZone).isoDate,
    currency,
    ordinaryUnit: ordinaryUnit(currency),
    tierIds: (tiers?.levels ?? []).map(({ id }) => id),
    segmentIds: segments.map(({ id }) => id),
    storeIds: stores.map(({ id }) => id),
  };
  const others = kindsOffered.filter((kind) => !conditions.some((condition) => condition.kind === kind));
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t('field.bonus.conditions')}
      </Text>
      {conditions.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('program.conditions_empty')}
        </Text>
      ) : null}
      {conditions.map((condition, index) => (
        <Removable
          key={keyAt(conditions, index)}
          label={t('program.remove_condition', { name: t(`program.condition_${condition.kind}`) })}
          isNew={condition.kind === added}
          remove={() => {
            setAdded(null);
            change(conditions.filter((_, at) => at !== index));
          }}
        >
          <ConditionFields
            condition={condition}
            change={(next) => change(conditions.map((one, at) => (at === index ? next : one)))}
            errorAt={(field) => errorAt(`${index}.${field}`)}
          />
        </Removable>
      ))}
      <InlineStack>
        <MenuButton
          label={t('program.add_condition')}
          items={others.flatMap((kind) => {
            const made = newCondition(kind, given);
            const content = t(`program.condition_${kind}`);
            const add = (condition: Condition): void => {
              setAdded(kind);
              change([...conditions, condition]);
            };
            return made === null ? [] : [{ content, onAction: () => add(made) }];
          })}
        />
      </InlineStack>
    </BlockStack>
  );
};
