import { BlockStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { GiftCard } from '~/core/rewards/kinds/giftCard';
import type { StoreCredit } from '~/core/rewards/kinds/storeCredit';
import type { MessageKey } from '~/i18n/catalog';
import { MoneyField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import { GivingNote } from '../GivingNote';
import { PriceField } from './PriceField';

type Money = Pick<GiftCard | StoreCredit, 'kind' | 'points' | 'amountMinor' | 'currency'>;

type Props = {
  readonly reward: Money;
  readonly change: (part: Partial<Pick<Money, 'points' | 'amountMinor'>>) => void;
  readonly errorAt: (field: string) => string | undefined;
  readonly amountLabel: MessageKey;
  readonly help: MessageKey;
  /** For how many days it can be spent. */
  readonly days: ReactNode;
};

/** Fields of a reward that is money of the shop: its cost in points, its amount, and what the shop asks for it. */
export const MoneyGiven = ({ reward, change, errorAt, amountLabel, help, days }: Props) => {
  const { t } = useWriting();
  const { kind, points, amountMinor, currency } = reward;
  return (
    <BlockStack gap="400">
      <GivingNote grant={kind} amountMinor={amountMinor} currency={currency} />
      <FieldGrid>
        <PriceField points={points} change={(next) => change({ points: next })} errorAt={errorAt} />
        <MoneyField
          label={t(amountLabel)}
          minor={amountMinor}
          currency={currency}
          onChange={(minor) => change({ amountMinor: minor ?? Number.NaN })}
          error={errorAt('amountMinor')}
        />
        {days}
      </FieldGrid>
      <Text as="p" tone="subdued">
        {t(help)}
      </Text>
    </BlockStack>
  );
};
