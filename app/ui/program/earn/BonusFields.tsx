import { BlockStack, FormLayout, Select } from '@shopify/polaris';
import type { BonusRule } from '~/core/earning/bonusSchema';
import { NumberField } from '../../fields';
import { useWriting } from '../../language';
import { DecimalField, FieldGrid, NameFields } from '../fields';
import { ConditionList } from './ConditionList';

const oneTimes = 10_000;

type Props = {
  readonly rule: BonusRule;
  readonly change: (rule: BonusRule) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** The fields of a bonus rule: what it gives, when, beside what, and its names. */
export const BonusFields = ({ rule, change, errorAt }: Props) => {
  const { t } = useWriting();
  const { effect, stacking } = rule;
  return (
    <BlockStack gap="400">
      <FormLayout>
        <FieldGrid>
          <Select
            label={t('field.bonus.effect')}
            value={effect.kind}
            options={(['multiply', 'add'] as const).map((value) => ({ value, label: t(`program.effect_${value}`) }))}
            onChange={(value) =>
              change({
                ...rule,
                effect: value === 'add' ? { kind: 'add', points: 50 } : { kind: 'multiply', basisPoints: 2 * oneTimes },
              })
            }
          />
          {effect.kind === 'multiply' ? (
            <DecimalField
              key="multiply"
              label={t('field.bonus.effect.basisPoints')}
              value={effect.basisPoints}
              sign="×"
              per={oneTimes}
              optional={false}
              onChange={(times) => change({ ...rule, effect: { ...effect, basisPoints: times ?? Number.NaN } })}
              error={errorAt('effect.basisPoints')}
            />
          ) : (
            <NumberField
              key="add"
              label={t('field.bonus.effect.points')}
              value={effect.points}
              onChange={(points) => change({ ...rule, effect: { ...effect, points } })}
              error={errorAt('effect.points')}
            />
          )}
        </FieldGrid>
        <Select
          label={t('field.bonus.stacking')}
          value={stacking}
          options={(['exclusive', 'additive'] as const).map((value) => ({
            value,
            label: t(`program.stacking_${value}`),
          }))}
          onChange={(value) => change({ ...rule, stacking: value === 'additive' ? 'additive' : 'exclusive' })}
        />
      </FormLayout>
      <ConditionList
        conditions={rule.conditions}
        change={(conditions) => change({ ...rule, conditions })}
        errorAt={(field) => errorAt(`conditions.${field}`)}
      />
      <FormLayout>
        <NameFields name={rule.name} change={(name) => change({ ...rule, name })} errorAt={errorAt} />
      </FormLayout>
    </BlockStack>
  );
};
