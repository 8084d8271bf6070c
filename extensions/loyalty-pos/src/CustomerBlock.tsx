import type { Api } from '@shopify/ui-extensions/pos.customer-details.block.render';
import { render } from 'preact';
import type { AtTheTill } from '../../shared/answers';
import { ask } from '../../shared/app';
import { staffHost, type Host } from '../../shared/host';
import { useAsked } from '../../shared/hooks';
import { tierName } from '../../shared/tiers';
import { pointsIn, say } from '../../shared/words';
import { whyNot } from './Notes';

declare const shopify: Api;

/** What the till shows of a customer: the balance and the tier, and the way to the counter. */
const CustomerBlock = ({ api, host }: { api: Api; host: Host }) => {
  const { answer, error, again } = useAsked(() => ask<AtTheTill>(host, `pos/member?customer=${api.customer.id}`));
  const lines = (): readonly string[] => {
    if (error !== null) return [whyNot(host)(error)];
    if (answer === null) return [say(host, 'working')];
    const { program, member } = answer;
    if (program === null) return [say(host, 'no_program')];
    if (member === null) return [say(host, 'member.none')];
    const tier = tierName(host, program, member.tier?.id ?? null);
    return [
      pointsIn(host, program, member.available),
      ...(tier === null ? [] : [say(host, 'standing.tier', { tier })]),
    ];
  };
  return (
    <s-pos-block heading={say(host, 'tile.title')}>
      <s-stack direction="block" gap="small">
        {lines().map((line) => (
          <s-text key={line}>{line}</s-text>
        ))}
        {error === null ? (
          <s-button onClick={() => api.action.presentModal()}>{say(host, 'tile.open')}</s-button>
        ) : (
          <s-button onClick={again}>{say(host, 'again')}</s-button>
        )}
      </s-stack>
    </s-pos-block>
  );
};

export default (): void => render(<CustomerBlock api={shopify} host={staffHost(shopify)} />, document.body);
