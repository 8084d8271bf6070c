import { BlockStack, Checkbox, FormLayout } from '@shopify/polaris';
import { hasLines, type Reward, type RewardWithCode } from '~/core/rewards/section';
import { MoneyField, NumberField } from '../../fields';
import { useWriting } from '../../language';
import { FieldGrid } from '../fields';
import { Section } from '../Section';
import { LinesField } from './LinesField';
import type { RewardCardProps } from './rewardFields';

type Props = RewardCardProps & { readonly reward: RewardWithCode };

/** What a reward's code asks of the cart, how long it is good, and beside which discounts. */
export const CartCard = ({ reward, change, errorAt }: Props) => {
  const { t } = useWriting();
  const isForSome = hasLines(reward) && reward.lines !== null;
  return (
    <Section title={t('reward.in_cart')}>
      <FormLayout>
        {hasLines(reward) ? <LinesField reward={reward} change={change} errorAt={errorAt} /> : null}
        <FieldGrid>
          <MoneyField
            label={t(isForSome ? 'reward.minimum_of_these' : 'program.reward_minimum')}
            minor={reward.minimumSubtotalMinor}
            currency={reward.currency}
            optional
            onChange={(minimumSubtotalMinor) => change({ ...reward, minimumSubtotalMinor })}
            error={errorAt('minimumSubtotalMinor')}
          />
          <NumberField
            label={t('program.reward_days')}
            value={reward.validDays}
            onChange={(validDays) => change({ ...reward, validDays })}
            error={errorAt('validDays')}
          />
        </FieldGrid>
        <Combinations reward={reward} change={change} />
      </FormLayout>
    </Section>
  );
};

/** With which other discounts its code goes together. */
const Combinations = ({ reward, change }: Pick<Props, 'reward' | 'change'>) => {
  const { t } = useWriting();
  const combines: Readonly<Record<string, boolean>> = reward.combinesWith;
  const discounts = (['orderDiscounts', 'productDiscounts', 'shippingDiscounts'] as const).filter(
    (discount) => discount in combines,
  );
  return (
    <BlockStack gap="100">
      {discounts.map((discount) => (
        <Checkbox
          key={discount}
          label={t(`field.reward.combinesWith.${discount}`)}
          checked={combines[discount] === true}
          onChange={(on) => change({ ...reward, combinesWith: { ...combines, [discount]: on } } as Reward)}
        />
      ))}
    </BlockStack>
  );
};
