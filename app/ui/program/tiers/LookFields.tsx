import { BlockStack } from '@shopify/polaris';
import type { TierLevel } from '~/core/tiers/section';
import { useWriting } from '../../language';
import { LoyaltyIcon } from '../../LoyaltyIcon';
import { ColorField } from '../ColorField';
import { FieldGrid } from '../fields';
import { IconChoice } from '../IconChoice';

type Props = {
  readonly level: TierLevel;
  readonly change: (level: TierLevel) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** The colour and the icon of a tier. */
export const LookFields = ({ level, change, errorAt }: Props) => {
  const { t } = useWriting();
  return (
    <BlockStack gap="400">
      <FieldGrid>
        <ColorField
          label={t('field.level.color')}
          value={level.color}
          help={t('tiers.color_help')}
          onChange={(color) => change({ ...level, color })}
          error={errorAt('color') === undefined ? undefined : t('tiers.color_wrong')}
        />
      </FieldGrid>
      <IconChoice label={t('field.level.icon')} value={level.icon} onChange={(icon) => change({ ...level, icon })} />
    </BlockStack>
  );
};

/** The picture of a tier, in its colour. Its name stands beside it. */
export const TierPicture = ({ icon, color }: Pick<TierLevel, 'icon' | 'color'>) =>
  icon === null && color === null ? null : (
    <span aria-hidden="true" style={{ display: 'inline-flex', color: color ?? 'currentColor' }}>
      {icon === null ? <Dot /> : <LoyaltyIcon icon={icon} size="20px" />}
    </span>
  );

const Dot = () => (
  <svg width="20" height="20" viewBox="0 0 20 20" fill="currentColor">
    <circle cx="10" cy="10" r="6" />
  </svg>
);
