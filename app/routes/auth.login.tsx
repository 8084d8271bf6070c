import { redirect } from '@remix-run/node';

/** The app has no sign-in of its own: Shopify's admin opens it. */
export const loader = () => redirect('/');
