import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';
import { MenuButton } from './MenuButton';
import type { Unanswered } from './sending';
import { customerInShopify } from './shopifyAdmin';
import { AdjustDialog } from './memberDialogs/AdjustDialog';
import { CancelDialog } from './memberDialogs/CancelDialog';
import { MergeDialog } from './memberDialogs/MergeDialog';
import { PrivacyDialog } from './memberDialogs/PrivacyDialog';
import { TierDialog } from './memberDialogs/TierDialog';

/** Whom it is about, and what became of the last wish: `answer.done` is the wish that was done, or null. */
type Props = {
  readonly memberId: MemberPage['memberId'];
  readonly card: MemberPage['card'];
  readonly balance: MemberPage['balance'];
  readonly tiers: MemberPage['tiers'];
  readonly redemptions: MemberPage['redemptions'];
  readonly answer:
    { readonly done: string | null; readonly refusal: string | null; readonly ask: string | null } | undefined;
  readonly unsent: Unanswered | null;
};
type Dialog = 'adjust' | 'tier' | 'cancel' | 'merge' | 'data' | 'erase';

const newId = (): string => crypto.randomUUID();

/**
 * Adjusting a balance, giving a tier, switching a code off, merging with another member: each asks for what the ledger
 * will show later. And what a customer may ask for by law: a file of the own data, or their erasure.
 */
export const MemberActions = ({ memberId, card, balance, tiers, redemptions, answer, unsent }: Props) => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  // The id is made once for each dialog: sending it twice corrects once.
  const [wish, setWish] = useState(newId);
  useEffect(() => {
    if (answer?.done !== wish || dialog === null) return;
    setDialog(null);
    shopify.toast.show(t(`member.done_${dialog}`));
  }, [answer, wish, dialog, shopify, t]);
  const show = (next: Dialog): void => {
    setWish(newId());
    setBefore(answer);
    setDialog(next);
  };
  const codes = redemptions.filter(({ state, code }) => state === 'issued' && code !== null);
  // Of a guest nobody can say who it is.
  const asked = card === null ? [] : (['data', 'erase'] as const);
  const offered: readonly Dialog[] = [
    'adjust',
    ...(tiers === null ? [] : (['tier'] as const)),
    ...(codes.length === 0 ? [] : (['cancel'] as const)),
    'merge',
    ...asked,
  ];
  // Not an action of the page's header: with a second one there, Polaris makes all of it anew when a phone is turned,
  // and what was typed into a dialog would be gone.
  const inShopify =
    card === null
      ? []
      : [{ content: t('member.open_in_shopify'), url: customerInShopify(card.customerId), target: '_top' as const }];
  // What was answered to an earlier dialog says nothing about this one.
  const [before, setBefore] = useState(answer);
  const now = answer === before ? undefined : answer;
  const shared = { wish, refusal: now?.refusal ?? null, ask: now?.ask ?? null, unsent, close: () => setDialog(null) };
  return (
    <>
      <MenuButton
        label={t('member.actions')}
        align="right"
        items={[...offered.map((name) => ({ content: t(`member.${name}`), onAction: () => show(name) })), ...inShopify]}
      />
      {dialog === 'adjust' ? <AdjustDialog {...shared} /> : null}
      {dialog === 'tier' && tiers !== null ? <TierDialog {...shared} tiers={tiers} /> : null}
      {dialog === 'cancel' ? <CancelDialog {...shared} codes={codes} /> : null}
      {dialog === 'merge' ? <MergeDialog {...shared} self={{ memberId, card, balance }} /> : null}
      {dialog === 'data' || dialog === 'erase' ? <PrivacyDialog {...shared} what={dialog} /> : null}
    </>
  );
};
