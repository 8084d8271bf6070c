import type { Api } from '@shopify/ui-extensions/customer-account.profile.block.render';
import { render } from 'preact';
import type { Summary } from '../../shared/answers';
import { ask } from '../../shared/app';
import { shopperHost, type Host } from '../../shared/host';
import { useAsked } from '../../shared/hooks';
import { TierStanding } from '../../shared/ui/Standing';
import { Trouble } from '../../shared/ui/Trouble';
import { pointsIn, say, textIn } from '../../shared/words';

declare const shopify: Api;

/** The page of the program, as Shopify's account addresses it: by the handle of its extension. */
const page = 'extension:loyalty-account/';

/** The balance on the customer's profile, and the way to the page of the program. */
const Profile = ({ host }: { host: Host }) => {
  const { answer, error, again } = useAsked(() => ask<Summary>(host, 'summary'));
  if (answer === null)
    return error === null ? <s-skeleton-paragraph /> : <Trouble host={host} error={error} again={again} />;
  const { program, member } = answer;
  if (program === null) return null;
  return (
    <s-section heading={textIn(host, program.names.program)}>
      <s-stack gap="base">
        {member === null ? (
          <s-text>{say(host, 'page.first_order')}</s-text>
        ) : (
          <>
            <s-text>{say(host, 'balance.available', { points: pointsIn(host, program, member.available) })}</s-text>
            <TierStanding host={host} program={program} member={member} />
          </>
        )}
        <s-link href={page}>{say(host, 'page.open')}</s-link>
      </s-stack>
    </s-section>
  );
};

export default (): void => render(<Profile host={shopperHost(shopify)} />, document.body);
