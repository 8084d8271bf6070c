import type { Api } from '@shopify/ui-extensions/customer-account.order-status.block.render';
import { render } from 'preact';
import { currencyOf, quotedLines } from '../../shared/cart';
import { shopperHost, type Host } from '../../shared/host';
import { useLive } from '../../shared/hooks';
import { OrderPoints } from './OrderPoints';

declare const shopify: Api;

const OrderStatus = ({ api, host }: { api: Api; host: Host }) => {
  const order = useLive(api.order);
  const bought = useLive(api.lines);
  const lines = quotedLines(bought, useLive(api.discountAllocations));
  const currency = currencyOf(bought);
  return order === undefined ? null : <OrderPoints host={host} orderId={order.id} lines={lines} currency={currency} />;
};

export default (): void => render(<OrderStatus api={shopify} host={shopperHost(shopify)} />, document.body);
