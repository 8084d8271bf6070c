import type { ActionFunctionArgs } from '@remix-run/node';
import { receiveForStore, webhookLoader } from '~/http/webhook';

export const loader = webhookLoader;

/** Products: what rules ask of one that changed is read again when an order needs it. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> => receiveForStore('shopify', request);
