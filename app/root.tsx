import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import { environment } from './env.server';
import { languageOf } from './i18n/catalog';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: polarisStyles }];

export const loader = ({ request }: LoaderFunctionArgs) => ({
  apiKey: environment().SHOPIFY_API_KEY,
  language: languageOf(new URL(request.url).searchParams.get('locale')),
});

const Document = () => {
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang={data?.language ?? 'en'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {/* App Bridge must be the first script, with the key it speaks for. */}
        <meta name="shopify-api-key" content={data?.apiKey ?? ''} />
        <script src="https://cdn.shopify.com/shopifycloud/app-bridge.js" suppressHydrationWarning />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
};

export default Document;
