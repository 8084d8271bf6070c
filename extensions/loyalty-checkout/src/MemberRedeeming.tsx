import type { Api } from '@shopify/ui-extensions/purchase.checkout.reductions.render-after';
import type { Cancelled, MemberSummary, OfferedReward, ProgramSummary } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { SeenCart } from '../../shared/cart';
import type { Host } from '../../shared/host';
import { useActs, useLive, type Said } from '../../shared/hooks';
import { offersFor } from '../../shared/offers';
import { redeem } from '../../shared/redeem';
import { Offers, type Taken } from '../../shared/ui/Offers';
import { Note, whyNot } from '../../shared/ui/Trouble';
import { pointsIn, say } from '../../shared/words';
import { CheckoutCodes } from './CheckoutCodes';

type Change = Pick<MemberSummary, 'codes'> & Partial<MemberSummary>;

type Props = {
  readonly api: Api;
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly member: MemberSummary;
  readonly rewards: readonly OfferedReward[];
  readonly cart: SeenCart;
  /** What the app said of the member's balance and codes after an act. */
  readonly changed: (next: Change) => void;
  /** Asks for the rewards again: what can be taken depends on the balance. */
  readonly again: () => void;
};

/** A member's codes, and the rewards that this checkout can take. */
export const MemberRedeeming = ({ api, host, program, member, rewards, cart, changed, again }: Props) => {
  const inCart = useLive(api.discountCodes).map(({ code }) => code.toUpperCase());
  const canChange = useLive(api.instructions).discounts.canUpdateDiscountCodes;
  const { busy, said, act } = useActs(whyNot(host));
  const offers = offersFor(program, member, rewards, cart, inCart).filter(({ reward }) => reward.apply === 'code');

  const apply = async (code: string): Promise<Said> => {
    const applied = await api.applyDiscountCodeChange({ type: 'addDiscountCode', code });
    return applied.type === 'success'
      ? { text: say(host, 'checkout.applied'), tone: 'success' }
      : { text: say(host, 'checkout.kept'), tone: 'critical' };
  };
  const take = ({ offer, points, answer }: Taken): void =>
    act(offer.reward.id, async () => {
      const redeemed = await redeem(host, 'redeem', { reward: offer.reward.id, points, answer }, cart);
      changed({ ...redeemed.balance, codes: redeemed.codes });
      again();
      if (redeemed.given !== null) return { text: redeemed.given, tone: 'success' };
      const { code } = redeemed.redemption;
      return code === null ? { text: say(host, 'held'), tone: 'info' } : apply(code);
    });
  const giveBack = (id: string, code: string): void =>
    act(id, async () => {
      if (inCart.includes(code.toUpperCase())) {
        const removed = await api.applyDiscountCodeChange({ type: 'removeDiscountCode', code });
        if (removed.type === 'error') return { text: say(host, 'checkout.not_removed'), tone: 'critical' };
      }
      const { balance, codes, returning } = await ask<Cancelled>(host, 'cancel', { id });
      changed({ ...balance, codes });
      again();
      return { text: [say(host, 'codes.cancelled'), returning ?? ''].join(' ').trim(), tone: 'success' };
    });

  return (
    <s-stack gap="base">
      <s-heading>{say(host, 'balance.available', { points: pointsIn(host, program, member.available) })}</s-heading>
      <Note said={said} />
      {canChange ? null : <s-text color="subdued">{say(host, 'checkout.closed')}</s-text>}
      <CheckoutCodes
        {...{ host, program, inCart, busy, canChange, giveBack }}
        codes={member.codes}
        apply={(id, code) => act(id, () => apply(code))}
      />
      {canChange ? <Offers {...{ host, program, offers, busy, take }} /> : null}
    </s-stack>
  );
};
