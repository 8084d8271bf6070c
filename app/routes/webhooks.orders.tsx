import type { ActionFunctionArgs } from '@remix-run/node';
import { receiveForStore, webhookLoader } from '~/http/webhook';

export const loader = webhookLoader;

/** Orders and what happens to them: one snapshot or one read-back on the queue, in one round trip. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> => receiveForStore('shopify', request);
