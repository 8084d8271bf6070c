import type { Api } from '@shopify/ui-extensions/purchase.checkout.reductions.render-after';
import type { Cancelled, MemberSummary, OfferedReward, ProgramSummary } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { SeenCart } from '../../shared/cart';
import type { Host } from '../../shared/host';
import { useActs, useLive, type Said } from '../../shared/hooks';
import { offersFor, type Taken } from '../../shared/offers';
import { redeem } from '../../shared/redeem';
import { Offers } from '../../shared/ui/Offers';
import { Note, whyNot } from '../../shared/ui/Trouble';
import { pointsIn, say } from '../../shared/words';
import { CheckoutCodes } from './CheckoutCodes';
import { hasVariant, putIn, takeOut, type Applied } from './orderChanges';

type Change = Pick<MemberSummary, 'codes'> & Partial<MemberSummary>;

type Held = MemberSummary['codes'][number];

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

const saidOf = (host: Host, applied: Applied): Said => {
  switch (applied) {
    case 'applied':
      return { text: say(host, 'checkout.applied'), tone: 'success' };
    case 'refused':
      return { text: say(host, 'checkout.kept'), tone: 'critical' };
    case 'product left':
      return { text: say(host, 'checkout.product_left'), tone: 'critical' };
  }
};

/** A member's codes, and the rewards that this checkout can take. */
export const MemberRedeeming = ({ api, host, program, member, rewards, cart, changed, again }: Props) => {
  const inCart = useLive(api.discountCodes).map(({ code }) => code.toUpperCase());
  const canChange = useLive(api.instructions).discounts.canUpdateDiscountCodes;
  const { busy, said, act } = useActs(whyNot(host));
  const { canAddCartLine, canRemoveCartLine } = useLive(api.instructions).lines;
  // One that is in the order needs no line more.
  const canBring = (variant: string): boolean => (canAddCartLine && canRemoveCartLine) || hasVariant(api, variant);
  const offers = offersFor(program, member, rewards, cart, inCart).flatMap((offer) => {
    if (offer.reward.apply === 'given') return [];
    if (offer.refusal !== null || offer.reward.apply === 'code') return [offer];
    const items = offer.items.filter(({ variant }) => canBring(variant));
    return items.length === 0 ? [] : [{ ...offer, items }];
  });

  const cancel = async (id: string): Promise<string> => {
    const { balance, codes, returning } = await ask<Cancelled>(host, 'cancel', { id });
    changed({ ...balance, codes });
    again();
    return returning ?? '';
  };
  const take = ({ offer, points, answer, variant }: Taken): void =>
    act(offer.reward.id, async () => {
      const wish = { reward: offer.reward.id, points, answer, ...(variant === null ? {} : { variant }) };
      const redeemed = await redeem(host, 'redeem', wish, cart);
      changed({ ...redeemed.balance, codes: redeemed.codes });
      again();
      if (redeemed.given !== null) return { text: redeemed.given, tone: 'success' };
      const { id, code } = redeemed.redemption;
      if (code === null) return { text: say(host, 'held'), tone: 'info' };
      const applied = await putIn(api, code, variant);
      if (variant === null || applied === 'applied') return saidOf(host, applied);
      // Whoever cannot have the product here has no use for its code: the points come back.
      const returning = await cancel(id);
      const text = say(host, applied === 'refused' ? 'checkout.no_product' : 'checkout.product_left');
      return { text: [text, returning].join(' ').trim(), tone: 'critical' };
    });
  const giveBack = ({ redemption_id: id, code }: Held): void =>
    act(id, async () => {
      if (inCart.includes(code.toUpperCase()) && !(await takeOut(api, code)))
        return { text: say(host, 'checkout.not_removed'), tone: 'critical' };
      const returning = await cancel(id);
      return { text: [say(host, 'codes.cancelled'), returning].join(' ').trim(), tone: 'success' };
    });

  return (
    <s-stack gap="base">
      <s-heading>{say(host, 'balance.available', { points: pointsIn(host, program, member.available) })}</s-heading>
      <Note said={said} />
      {canChange ? null : <s-text color="subdued">{say(host, 'checkout.closed')}</s-text>}
      <CheckoutCodes
        {...{ host, program, rewards, inCart, busy, canChange, giveBack }}
        codes={member.codes}
        apply={({ redemption_id: id, code, variant_id: variant = null }) =>
          act(id, async () => saidOf(host, await putIn(api, code, variant)))
        }
      />
      {canChange ? <Offers {...{ host, program, offers, busy, take }} /> : null}
    </s-stack>
  );
};
