import { Badge, InlineStack, List, Text } from '@shopify/polaris';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';
import { Section } from './MemberCards';

/** A member's tier, and how it came about. */
export const TierCard = ({ tiers }: { readonly tiers: NonNullable<MemberPage['tiers']> }) => {
  const { t, language, date } = useWriting();
  const nameOf = (id: string | null): string =>
    tiers.levels.find((level) => level.id === id)?.name[language] ?? id ?? t('member.no_tier');
  return (
    <Section title={t('member.tier_title')}>
      <InlineStack>
        <Badge tone="info">{nameOf(tiers.current)}</Badge>
      </InlineStack>
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
