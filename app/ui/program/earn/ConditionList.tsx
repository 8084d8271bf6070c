import { BlockStack, InlineStack, Text, type ActionListItemDescriptor } from '@shopify/polaris';
import { useState } from 'react';
import { newCondition, type Condition } from '~/core/earning/conditions/all';
import { instant } from '~/core/values/instant';
import { ordinaryUnit } from '~/core/values/money';
import { localClockOf } from '~/core/values/zone';
import type { MessageKey } from '~/i18n/catalog';
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

// A store to choose is missing where there is but one: of that nothing is said.
const whatIsMissing: Readonly<Partial<Record<Condition['kind'], MessageKey>>> = {
  tier: 'program.tier_missing',
  segment: 'program.segment_missing',
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
          items={others.flatMap((kind): ActionListItemDescriptor[] => {
            const made = newCondition(kind, given);
            const content = t(`program.condition_${kind}`);
            const add = (condition: Condition): void => {
              setAdded(kind);
              change([...conditions, condition]);
            };
            if (made !== null) return [{ content, onAction: () => add(made) }];
            const missing = whatIsMissing[kind];
            return missing === undefined ? [] : [{ content, disabled: true, helpText: t(missing) }];
          })}
        />
      </InlineStack>
    </BlockStack>
  );
};
