import type { ActionFunctionArgs } from '@remix-run/node';
import { receiveForStore, webhookLoader } from '~/http/webhook';

export const loader = webhookLoader;

/** Customers: an account may claim what a guest earned, two may become one. Names and addresses are never kept. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> => receiveForStore('shopify', request);
