import type { Api } from '@shopify/ui-extensions/purchase.checkout.reductions.render-after';
import { render } from 'preact';
import { shopperHost } from '../../shared/host';
import { Redeeming } from './Redeeming';

declare const shopify: Api;

export default (): void => render(<Redeeming api={shopify} host={shopperHost(shopify)} />, document.body);
