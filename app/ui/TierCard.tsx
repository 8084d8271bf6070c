import { Badge, InlineStack, List, Text } from '@shopify/polaris';
import type { TierForecast } from '~/core/tiers/forecast';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';
import { Section } from './MemberCards';
import { TierProgress } from './TierProgress';

type Props = {
  readonly tiers: NonNullable<MemberPage['tiers']>;
  /** null: it cannot be said yet. */
  readonly forecast: TierForecast | null;
};

/** A member's tier, how it goes on, and how it came about. */
export const TierCard = ({ tiers, forecast }: Props) => {
  const { t, language, date } = useWriting();
  const nameOf = (id: string | null): string =>
    tiers.levels.find((level) => level.id === id)?.name[language] ?? id ?? t('member.no_tier');
  return (
    <Section title={t('member.tier_title')}>
      <InlineStack>
        <Badge tone="info">{nameOf(tiers.current)}</Badge>
      </InlineStack>
      {forecast === null || forecast.tierId !== tiers.current ? null : (
        <TierProgress forecast={forecast} currency={tiers.currency} nameOf={nameOf} />
      )}
      {tiers.changes.length === 0 ? null : (
        <List gap="extraTight">
          {tiers.changes.map((change) => (
            <List.Item key={change.at}>
              <Text as="span" variant="bodySm" tone="subdued">
                {`${date(change.at)} · ${nameOf(change.tierId)} · ${t(`tier.cause_${change.cause}`)}`}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
};
