import type { Api } from '@shopify/ui-extensions/customer-account.page.render';
import { render } from 'preact';
import { shopperHost } from '../../shared/host';
import { Page } from './Page';

declare const shopify: Api;

export default (): void => render(<Page host={shopperHost(shopify)} />, document.body);
