import { BlockStack, Checkbox, FormLayout } from '@shopify/polaris';
import type { TierLevel, Tiers } from '~/core/tiers/section';
import { thresholdBehind } from '~/core/tiers/newTiers';
import { MoneyField, NumberField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid, NameFields, OptionalNumberField } from '../fields';
import { LookFields } from './LookFields';
import { PerkList } from './PerkList';

type Props = {
  readonly level: TierLevel;
  readonly tiers: Tiers;
  readonly change: (level: TierLevel) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** The fields of a level: how it is reached, what it gives, how it looks, and its names. */
export const LevelFields = ({ level, tiers, change, errorAt }: Props) => {
  const { t } = useWriting();
  const place = tiers.levels.findIndex(({ id }) => id === level.id);
  return (
    <BlockStack gap="400">
      <FormLayout>
        <Checkbox
          label={t('tiers.only_staff')}
          checked={level.threshold === null}
          onChange={(only) => change({ ...level, threshold: only ? null : thresholdBehind(place, tiers) })}
        />
        <FieldGrid>
          {level.threshold === null ? null : (
            <ThresholdField
              // What was typed belongs to one measure and one currency.
              key={`${tiers.metric} ${tiers.currency}`}
              threshold={level.threshold}
              tiers={tiers}
              change={(threshold) => change({ ...level, threshold })}
              error={errorAt('threshold')}
            />
          )}
          <OptionalNumberField
            label={t('field.level.entryPoints')}
            value={level.entryPoints}
            onChange={(entryPoints) => change({ ...level, entryPoints })}
            error={errorAt('entryPoints')}
          />
        </FieldGrid>
        <NameFields name={level.name} change={(name) => change({ ...level, name })} errorAt={errorAt} />
      </FormLayout>
      <LookFields level={level} change={change} errorAt={errorAt} />
      <PerkList
        perks={level.perks}
        currency={tiers.currency}
        change={(perks) => change({ ...level, perks })}
        errorAt={errorAt}
      />
    </BlockStack>
  );
};

type ThresholdProps = {
  readonly threshold: number;
  readonly tiers: Tiers;
  readonly change: (threshold: number) => void;
  readonly error: string | undefined;
};

const ThresholdField = ({ threshold, tiers: { metric, currency }, change, error }: ThresholdProps) => {
  const { t } = useWriting();
  const label = t(`tiers.threshold_${metric}`);
  return metric === 'spend' ? (
    <MoneyField
      label={label}
      minor={threshold}
      currency={currency}
      onChange={(minor) => change(minor ?? Number.NaN)}
      error={error}
    />
  ) : (
    <NumberField label={label} value={threshold} onChange={change} error={error} />
  );
};
