import type { Api } from '@shopify/ui-extensions/pos.home.modal.render';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { staffHost, type Host } from '../../shared/host';
import { useLive } from '../../shared/hooks';
import { say } from '../../shared/words';
import { Find } from './Find';
import { MemberAtTill } from './MemberAtTill';

declare const shopify: Api;

/** The counter: the member of the cart at the till, or whoever is looked for. */
const Counter = ({ api, host }: { api: Api; host: Host }) => {
  const { customer } = useLive(api.cart.current);
  // null: nobody was chosen here, so it is the cart's own customer. '': staff looks for somebody else.
  const [chosen, choose] = useState<string | null>(null);
  const shown = chosen ?? (customer === undefined ? '' : String(customer.id));
  return (
    <s-page heading={say(host, 'tile.title')}>
      <s-scroll-box>
        {shown === '' ? (
          <Find api={api} host={host} choose={choose} />
        ) : (
          <MemberAtTill key={shown} api={api} host={host} customer={shown} leave={() => choose('')} />
        )}
      </s-scroll-box>
    </s-page>
  );
};

export default (): void => render(<Counter api={shopify} host={staffHost(shopify)} />, document.body);
