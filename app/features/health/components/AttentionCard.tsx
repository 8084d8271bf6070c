import { Badge, BlockStack, Card, Link, Text } from '@shopify/polaris';
import type { Resting } from '~/core/program/resting';
import type { Attention } from '~/features/health/views/attention';
import { formatLongDay } from '~/i18n/format';
import { useWriting } from '~/ui/language';
import { useGoneThings, type ReadThings } from '~/ui/program/things';

type Props = Attention & {
  readonly deadLetters: number;
  readonly debt: number;
  /** Parts of the storefront that the shop does not show. */
  readonly missingParts: number;
  /** What is said above already: then not everything is in order. */
  readonly isMore: boolean;
  readonly readThings?: ReadThings;
};

/** What needs attention, and the way to where it is shown in full. */
export const AttentionCard = ({
  violations,
  drift,
  notPublished,
  unread,
  followers,
  privacyOpen,
  privacyUrgent,
  jump,
  deadLetters,
  debt,
  missingParts,
  rewards,
  resting,
  unrated,
  named,
  isMore,
  readThings,
}: Props) => {
  const { t, points, money } = useWriting();
  const gone = useGoneThings(named, readThings);
  const rewardsSaid = ({ least, most }: NonNullable<Props['rewards']>): string =>
    least === null ? t('home.no_reward') : t('home.no_reward_yet', { least: points(least), most: points(most) });
  const badges = useBadges({ notPublished, privacyUrgent, violations, deadLetters, unread, followers });
  const remarks = [
    ...(missingParts > 0 ? [t('home.parts_missing', { count: missingParts })] : []),
    ...useRestingTexts(resting),
    ...(gone > 0 ? [t('home.things_gone', { count: gone })] : []),
    ...(rewards === null ? [] : [rewardsSaid(rewards)]),
    ...(unrated.length > 0 ? [t('home.unrated', { currencies: unrated.join(', '), count: unrated.length })] : []),
    ...(privacyOpen > 0 ? [t('home.privacy_open', { count: privacyOpen })] : []),
    ...(jump === null ? [] : [t('home.jump', { points: points(jump.points), worth: money(jump.worthMinor) })]),
    ...(drift > 0 ? [t('home.drift', { points: points(drift) })] : []),
    ...(debt > 0 ? [t('home.debt', { count: debt, points: points(debt) })] : []),
  ];
  const isQuiet = badges.length + remarks.length === 0;
  // A heading with nothing below it says nothing.
  if (isQuiet && isMore) return null;
  return (
    <Card>
      <BlockStack gap="200" inlineAlign="start">
        <Text as="h2" variant="headingMd">
          {t('home.attention')}
        </Text>
        {badges.map((badge) => (
          <Badge key={badge} tone="critical">
            {badge}
          </Badge>
        ))}
        {remarks.map((remark) => (
          <Text key={remark} as="p">
            {remark}
          </Text>
        ))}
        {isQuiet ? (
          <Text as="p" tone="subdued">
            {t('home.attention_none')}
          </Text>
        ) : null}
        {missingParts > 0 ? <Link url="/app/settings">{t('home.open_parts')}</Link> : null}
        {gone > 0 ? <Link url="/app/program">{t('home.open_things')}</Link> : null}
        {rewards === null ? null : <Link url="/app/program/rewards">{t('program.rewards')}</Link>}
        {unrated.length + resting.length > 0 ? <Link url="/app/program/earn">{t('program.earn')}</Link> : null}
        {notPublished ? <Link url="/app/program/review">{t('home.open_draft')}</Link> : null}
        {badges.length > (notPublished ? 1 : 0) || drift > 0 || privacyOpen > 0 ? (
          <Link url="/app/health">{t('home.open_health')}</Link>
        ) : null}
      </BlockStack>
    </Card>
  );
};

/** What does nothing at the moment, and since when. */
const useRestingTexts = (resting: readonly Resting[]): readonly string[] => {
  const { t, language } = useWriting();
  return resting.map(({ of, lastDay }) =>
    lastDay === null ? t(`home.${of}_paused`) : t(`home.${of}_over`, { day: formatLongDay(language, lastDay) }),
  );
};

type Urgent = Pick<Props, 'notPublished' | 'privacyUrgent' | 'violations' | 'deadLetters' | 'unread' | 'followers'>;

/** What cannot wait. */
const useBadges = (of: Urgent): readonly string[] => {
  const { t } = useWriting();
  return [
    ...(of.notPublished ? [t('home.not_published')] : []),
    ...(of.privacyUrgent > 0 ? [t('home.privacy_urgent', { count: of.privacyUrgent })] : []),
    ...(of.violations > 0 ? [t('home.ledger_broken')] : []),
    ...(of.deadLetters > 0 ? [t('home.dead_letters', { count: of.deadLetters })] : []),
    ...(of.unread > 0 ? [t('home.unread', { count: of.unread })] : []),
    ...(of.followers > 0 ? [t('home.followers', { count: of.followers })] : []),
  ];
};
