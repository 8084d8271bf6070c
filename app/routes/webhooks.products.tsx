import type { ActionFunctionArgs } from '@remix-run/node';
import { receiveForStore } from '~/webhooks.server';

/** Products: what rules ask of one that changed is read again when an order needs it. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> => receiveForStore(request);
