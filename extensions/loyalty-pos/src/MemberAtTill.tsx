import type { Api } from '@shopify/ui-extensions/pos.home.modal.render';
import type { VNode } from 'preact';
import type { AtTheTill, Cancelled, MemberSummary, ProgramSummary } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { Host } from '../../shared/host';
import { useActs, useAsked, useLive, type Said } from '../../shared/hooks';
import { offersFor, type Taken } from '../../shared/offers';
import { redeem } from '../../shared/redeem';
import { say } from '../../shared/words';
import { HeldCodes } from './HeldCodes';
import { Note, Trouble, whyNot } from './Notes';
import { TillOffers } from './TillOffers';
import { isInCart, putIn, takeCodeOut, takeProductOut, tillCart } from './till';
import { TillStanding } from './TillStanding';

type Held = MemberSummary['codes'][number];

type Props = {
  readonly api: Api;
  readonly host: Host;
  readonly customer: string;
  /** Looks for somebody else. */
  readonly leave: () => void;
};

/** Whoever staff chose, with what the app says of them. */
export const MemberAtTill = ({ api, host, customer, leave }: Props) => {
  const { answer, error, again, put } = useAsked(() => ask<AtTheTill>(host, `pos/member?customer=${customer}`));
  const other = <s-button onClick={leave}>{say(host, 'find.other')}</s-button>;
  if (answer === null)
    return (
      <s-stack direction="block" gap="base">
        {error === null ? <s-text>{say(host, 'working')}</s-text> : <Trouble host={host} error={error} again={again} />}
        {other}
      </s-stack>
    );
  const { program, member, name, rewards } = answer;
  if (program === null || member === null)
    return (
      <s-section heading={name}>
        <s-text>{say(host, program === null ? 'no_program' : 'member.none')}</s-text>
        {other}
      </s-section>
    );
  const changed = (next: Partial<MemberSummary>): void => {
    put({ ...answer, member: { ...member, ...next } });
    again();
  };
  return <Serving {...{ api, host, customer, name, program, member, rewards, other, changed }} />;
};

type Served = Omit<Props, 'leave'> &
  Pick<AtTheTill, 'name' | 'rewards'> & {
    readonly program: ProgramSummary;
    readonly member: MemberSummary;
    /** The way to somebody else. */
    readonly other: VNode;
    /** What the app said of the member's balance and codes after an act. */
    readonly changed: (next: Partial<MemberSummary>) => void;
  };

/** A member at the till: what there is, what can be had, and what goes into the cart. */
const Serving = ({ api, host, customer, name, program, member, rewards, other, changed }: Served) => {
  const cart = useLive(api.cart.current);
  const { busy, said, act } = useActs(whyNot(host));
  const { currency } = api.session.currentSession;
  const seen = tillCart(cart, currency, program.minor_per_unit);
  const inCart = member.codes.map(({ code }) => code).filter((code) => isInCart(cart, code));
  // A cart that a sale is being made of cannot be changed; what is given needs none.
  const canChange = cart.editable !== false;
  const offers = offersFor(program, member, rewards, seen, inCart).filter(
    ({ reward }) => canChange || reward.apply === 'given',
  );
  const cancel = async (id: string): Promise<string> => {
    const { balance, codes, returning } = await ask<Cancelled>(host, 'pos/cancel', { customer, id });
    changed({ ...balance, codes });
    return returning ?? '';
  };
  const kept = (code: string): Said => ({ text: say(host, 'till.kept', { code }), tone: 'critical' });
  const use = async (code: string, variant: string | null, refused: () => Said | Promise<Said>): Promise<Said> => {
    const isIn = await putIn(api, customer, code, variant).then(
      () => true,
      () => false,
    );
    return isIn ? { text: say(host, 'till.applied', { code }), tone: 'success' } : refused();
  };
  const take = ({ offer, points, answer, variant }: Taken): void =>
    act(offer.reward.id, async () => {
      const wish = { customer, reward: offer.reward.id, points, answer, ...(variant === null ? {} : { variant }) };
      const redeemed = await redeem(host, 'pos/redeem', wish, offer.reward.apply === 'given' ? null : seen);
      changed({ ...redeemed.balance, codes: redeemed.codes });
      if (redeemed.given !== null) return { text: redeemed.given, tone: 'success' };
      const { id, code } = redeemed.redemption;
      if (code === null) return { text: say(host, 'held'), tone: 'info' };
      return use(code, variant, async () => {
        // The points are spent and the code is theirs, whatever the till says; but not one of an absent product.
        if (variant === null) return kept(code);
        const returning = await cancel(id);
        return { text: [say(host, 'till.no_product'), returning].join(' ').trim(), tone: 'critical' };
      });
    });
  const giveBack = ({ redemption_id: id, code }: Held): void =>
    act(id, async () => {
      if (!(await takeCodeOut(api, code))) return { text: say(host, 'till.by_hand', { code }), tone: 'critical' };
      await takeProductOut(api, code);
      const returning = await cancel(id);
      return { text: [say(host, 'codes.cancelled'), returning].join(' ').trim(), tone: 'success' };
    });
  return (
    <s-stack direction="block" gap="large">
      <s-section heading={name}>
        <s-stack direction="block" gap="base">
          <TillStanding host={host} program={program} member={member} />
          <Note said={said} />
          {canChange ? null : <s-text color="subdued">{say(host, 'till.closed')}</s-text>}
          {other}
        </s-stack>
      </s-section>
      <HeldCodes
        {...{ host, program, rewards, canChange, busy, giveBack }}
        codes={member.codes}
        isIn={(code) => isInCart(cart, code)}
        apply={({ redemption_id: id, code, variant_id: variant = null }) =>
          act(id, () => use(code, variant, () => kept(code)))
        }
      />
      <TillOffers {...{ host, program, offers, busy, take }} />
    </s-stack>
  );
};
