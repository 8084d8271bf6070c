import type { Api } from '@shopify/ui-extensions/customer-account.order-status.block.render';
import { render } from 'preact';
import { quotedLines } from '../../shared/cart';
import { shopperHost, type Host } from '../../shared/host';
import { useLive } from '../../shared/hooks';
import { OrderPoints } from './OrderPoints';

declare const shopify: Api;

const OrderStatus = ({ api, host }: { api: Api; host: Host }) => {
  const order = useLive(api.order);
  const lines = quotedLines(useLive(api.lines), useLive(api.discountAllocations));
  return order === undefined ? null : <OrderPoints host={host} orderId={order.id} lines={lines} />;
};

export default (): void => render(<OrderStatus api={shopify} host={shopperHost(shopify)} />, document.body);
