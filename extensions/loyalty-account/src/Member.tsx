import type { Cancelled, MemberSummary, OfferedReward, ProgramSummary } from '../../shared/answers';
import { ask } from '../../shared/app';
import { shopOf, type Host } from '../../shared/host';
import { useActs, useAsked } from '../../shared/hooks';
import { offersFor, type Taken } from '../../shared/offers';
import { redeem } from '../../shared/redeem';
import { Offers } from '../../shared/ui/Offers';
import { TierStanding } from '../../shared/ui/Standing';
import { Note, whyNot } from '../../shared/ui/Trouble';
import { say } from '../../shared/words';
import { Balance } from './Balance';
import { Codes } from './Codes';

type Change = Pick<MemberSummary, 'codes'> & Partial<MemberSummary>;

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly member: MemberSummary;
  readonly rewards: readonly OfferedReward[];
  readonly changed: (next: Change) => void;
  readonly again: () => void;
};

/** What a member has, and can have. There is no cart here: a product's code leads to one in the shop. */
export const Member = ({ host, program, member, rewards, changed, again }: Props) => {
  const { busy, said, act } = useActs(whyNot(host));
  const offers = offersFor(program, member, rewards, null);
  const { answer: shop } = useAsked(async () => shopOf(await host.token()));

  const take = ({ offer, points, answer, variant }: Taken): void =>
    act(offer.reward.id, async () => {
      const wish = { reward: offer.reward.id, points, answer, ...(variant === null ? {} : { variant }) };
      const redeemed = await redeem(host, 'redeem', wish, null);
      changed({ ...redeemed.balance, codes: redeemed.codes });
      again();
      if (redeemed.given !== null) return { text: redeemed.given, tone: 'success' };
      const { code } = redeemed.redemption;
      return code === null
        ? { text: say(host, 'held'), tone: 'info' }
        : { text: say(host, variant === null ? 'codes.new' : 'codes.new_product', { code }), tone: 'success' };
    });
  const giveBack = (id: string): void =>
    act(id, async () => {
      const { balance, codes, returning } = await ask<Cancelled>(host, 'cancel', { id });
      changed({ ...balance, codes });
      again();
      return { text: [say(host, 'codes.cancelled'), returning ?? ''].join(' ').trim(), tone: 'success' };
    });

  return (
    <>
      <s-section heading={say(host, 'balance.title')}>
        <s-stack gap="base">
          <Balance host={host} program={program} member={member} />
          <TierStanding host={host} program={program} member={member} />
          <Note said={said} />
        </s-stack>
      </s-section>
      {member.codes.length === 0 ? null : (
        <Codes {...{ host, program, rewards, shop, busy, giveBack }} codes={member.codes} />
      )}
      {offers.length === 0 ? null : (
        <s-section heading={say(host, 'rewards.title')}>
          <Offers {...{ host, program, offers, busy, take }} />
        </s-section>
      )}
    </>
  );
};
