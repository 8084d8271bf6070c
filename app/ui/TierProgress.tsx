import { BlockStack, ProgressBar, Text } from '@shopify/polaris';
import type { TierForecast, TierGoal } from '~/core/tiers/forecast';
import { useWriting } from './language';

type Props = {
  readonly forecast: TierForecast;
  /** In which the tiers count spend. */
  readonly currency: string;
  readonly nameOf: (tierId: string | null) => string;
};

/** How far a member is from a tier, how long the one that they have lasts, and what would change that. */
export const TierProgress = ({ forecast, currency, nameOf }: Props) => {
  const { t, day, money, points } = useWriting();
  const { tierId, metric, keptUntil, keep, next } = forecast;
  const amount = (unit: TierGoal['unit'], count: number): string => {
    if (unit === 'spend') return money(count, currency);
    return unit === 'points' ? points(count) : t('tier.orders', { count });
  };
  const goal = keep ?? next;
  const sentences = [
    tierId === null
      ? null
      : keptUntil === null
        ? t('tier.kept_for_good', { tier: nameOf(tierId) })
        : t('tier.kept_until', { tier: nameOf(tierId), until: day(keptUntil) }),
    ...[keep, next].map((one) => {
      if (one === null) return null;
      const { by, until } = one;
      const said = { missing: amount(one.unit, one.missing), tier: nameOf(one.tierId) };
      if (by === null) return t('tier.next', said);
      const days = { ...said, by: day(by), until: until === null ? '' : day(until) };
      if (one === next) return t('tier.next_by', days);
      return t(until === null ? 'tier.keep_for_good' : 'tier.keep', days);
    }),
  ].filter((sentence) => sentence !== null);
  return (
    <BlockStack gap="200">
      {goal === null ? null : (
        <Progress
          part={metric / (metric + goal.missing)}
          text={t('tier.progress', {
            metric: amount(goal.unit, metric),
            threshold: amount(goal.unit, metric + goal.missing),
            tier: nameOf(goal.tierId),
          })}
        />
      )}
      {sentences.map((sentence) => (
        <Text as="p" key={sentence}>
          {sentence}
        </Text>
      ))}
    </BlockStack>
  );
};

const textId = 'tier-progress';

// What is not quite reached never looks full.
const Progress = ({ part, text }: { readonly part: number; readonly text: string }) => (
  <BlockStack gap="100">
    <ProgressBar progress={Math.floor(part * 100)} size="small" tone="primary" ariaLabelledBy={textId} />
    <Text as="p" id={textId} variant="bodySm" tone="subdued">
      {text}
    </Text>
  </BlockStack>
);
