import type { Api } from '@shopify/ui-extensions/pos.home.tile.render';
import { render } from 'preact';
import { staffHost, type Host } from '../../shared/host';
import { useLive } from '../../shared/hooks';
import { say } from '../../shared/words';

declare const shopify: Api;

/** The way to the counter, on the till's first page. It asks the app nothing: the till shows it all day. */
const Tile = ({ api, host }: { api: Api; host: Host }) => {
  const hasCustomer = useLive(api.cart.current).customer !== undefined;
  return (
    <s-tile
      heading={say(host, 'tile.title')}
      subheading={say(host, hasCustomer ? 'tile.of_cart' : 'tile.find')}
      onClick={() => api.action.presentModal()}
    />
  );
};

export default (): void => render(<Tile api={shopify} host={staffHost(shopify)} />, document.body);
