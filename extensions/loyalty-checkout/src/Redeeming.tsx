import type { Api } from '@shopify/ui-extensions/purchase.checkout.reductions.render-after';
import { ask } from '../../shared/app';
import type { Rewards, Summary } from '../../shared/answers';
import { quotedLines, seenCart } from '../../shared/cart';
import { personOf, type Host } from '../../shared/host';
import { useAsked, useLive } from '../../shared/hooks';
import { isOpen } from '../../shared/offers';
import { today } from '../../shared/tiers';
import { Trouble } from '../../shared/ui/Trouble';
import { say } from '../../shared/words';
import { Earns } from './Earns';
import { MemberRedeeming } from './MemberRedeeming';

type Read = Summary & Rewards;

/** The program, and of a member the balance and the rewards. A guest has none of them, and is not asked for. */
const read = async (host: Host): Promise<Read> => {
  if (personOf(await host.token()) === null) return { ...(await ask<Summary>(host, 'summary')), rewards: [] };
  const [summary, rewards] = await Promise.all([ask<Summary>(host, 'summary'), ask<Rewards>(host, 'rewards')]);
  return { ...summary, ...rewards };
};

/** The checkout's place for discounts: what the order earns, and for members what their points can take off. */
export const Redeeming = ({ api, host }: { api: Api; host: Host }) => {
  const lines = useLive(api.lines);
  const ofOrder = useLive(api.discountAllocations);
  const currency = useLive(api.localization.currency).isoCode;
  const asked = useAsked(() => read(host));
  if (asked.answer === null)
    return asked.error === null ? (
      <s-skeleton-paragraph />
    ) : (
      <Trouble host={host} error={asked.error} again={asked.again} />
    );
  const { program, member, rewards } = asked.answer;
  if (program === null) return null;
  const hasRewards = program.rewards.length > 0 && isOpen(program, today());
  const cart = seenCart(lines, ofOrder, currency, program.minor_per_unit);
  return (
    <s-stack gap="base">
      {currency === program.currency ? (
        <Earns host={host} program={program} lines={quotedLines(lines, ofOrder)} />
      ) : null}
      {member === null ? (
        hasRewards && <s-text color="subdued">{say(host, 'guest.checkout')}</s-text>
      ) : (
        <MemberRedeeming
          {...{ api, host, program, member, rewards, cart }}
          changed={(next) => asked.put({ program, rewards, member: { ...member, ...next } })}
          again={asked.again}
        />
      )}
    </s-stack>
  );
};
