import { BlockStack, Text } from '@shopify/polaris';
import { isWorthMore, returnRateOf } from '~/core/program/warnings';
import type { Reward } from '~/core/rewards/section';
import { returnInWords, worthMoreInWords } from '~/i18n/sentences/warnings';
import { useWriting } from '../language';
import { useProgram } from './programContext';

const wholeBasis = 10_000;

/**
 * What a reward costs the merchant: "500 points cost you €5.00 and are earned by spending €100.00: 5 %." And whether
 * that is more than the program may cost, or than was spent to earn it.
 */
export const ReturnSentence = ({ reward }: { readonly reward: Reward }) => {
  const { t, percent, ...say } = useWriting();
  const { valid } = useProgram().draft;
  const rate = valid === null ? null : returnRateOf(valid, reward);
  if (valid === null || rate === null) return null;
  const margin = valid.policies.marginBasisPoints;
  return (
    <BlockStack gap="100">
      <Text as="p" tone="subdued">
        {returnInWords(rate, say)}
      </Text>
      {isWorthMore(rate) ? (
        <Text as="p" tone="critical">
          {worthMoreInWords(rate, say)}
        </Text>
      ) : null}
      {margin !== null && rate.basisPoints > margin ? (
        <Text as="p" tone="caution">
          {t('reward.above_margin', { margin: percent(margin / wholeBasis) })}
        </Text>
      ) : null}
    </BlockStack>
  );
};
