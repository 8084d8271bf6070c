import { Banner, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { GivenGrantKind } from '~/core/rewards/grants';
import type { GivingTermsPage } from '~/views/givingTerms';
import { askScopes } from '../../askScopes';
import { useWriting } from '../../language';

type Props = { readonly grant: GivenGrantKind; readonly amountMinor: number; readonly currency: string };

const readTerms = async (grant: GivenGrantKind): Promise<GivingTermsPage | null> => {
  const answer = await fetch(`/app/giving?grant=${grant}`);
  return answer.ok ? ((await answer.json()) as GivingTermsPage) : null;
};

/** What is missing before the shop gives this, beside the reward: an access, a switch, a higher limit. */
export const GivingNote = ({ grant, amountMinor, currency }: Props) => {
  const { t, money } = useWriting();
  const [terms, setTerms] = useState<GivingTermsPage | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let left = false;
    readTerms(grant).then(
      (read) => left || setTerms(read),
      // Without an answer nothing is said: the points come back should the shop refuse.
      () => undefined,
    );
    return () => void (left = true);
  }, [grant, turn]);
  if (terms === null) return null;
  // What only Shopify's support grants cannot be asked for here.
  const allow = (): void => void askScopes(terms.missingScopes).then(() => setTurn(turn + 1));
  const asking = grant === 'store_credit' ? { action: { content: t('giving.allow'), onAction: allow } } : {};
  if (terms.missingScopes.length > 0)
    return (
      <Banner tone="warning" {...asking}>
        <Text as="p">{t('giving.not_allowed')}</Text>
        <Text as="p">{t(`giving.${grant}_access`, { scopes: terms.missingScopes.join(', ') })}</Text>
      </Banner>
    );
  if (terms.isOn === false) return <Banner tone="warning">{t(`giving.${grant}_off`)}</Banner>;
  const { limit } = terms;
  if (limit === null || limit.currency !== currency || !(amountMinor > limit.amountMinor)) return null;
  const amount = money(limit.amountMinor, limit.currency);
  return <Banner tone="warning">{t('giving.above_limit', { amount })}</Banner>;
};
