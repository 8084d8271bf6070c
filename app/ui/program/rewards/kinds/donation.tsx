import { BlockStack, Link, Text } from '@shopify/polaris';
import type { Donation } from '~/core/rewards/kinds/donation';
import { MoneyField, WordsField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<Donation>) => {
  const { t } = useWriting();
  return (
    <BlockStack gap="400">
      <FieldGrid>
        <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
        <MoneyField
          label={t('program.reward_donation_amount')}
          minor={reward.amountMinor}
          currency={reward.currency}
          onChange={(minor) => change({ ...reward, amountMinor: minor ?? Number.NaN })}
          error={errorAt('amountMinor')}
        />
      </FieldGrid>
      <WordsField
        label={t('program.reward_charity')}
        value={reward.charity}
        onChange={(charity) => change({ ...reward, charity })}
        error={errorAt('charity')}
      />
      <Text as="p" tone="subdued">
        {t('program.reward_donation_help')} <Link url="/app/donations">{t('donations.title')}</Link>
      </Text>
    </BlockStack>
  );
};

/** A fixed price in points for a sum that the merchant gives to others. */
export const donation: RewardEditor<'donation'> = {
  add: 'program.add_donation',
  Fields,
};
