import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import { AppProvider } from '@shopify/polaris';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import type { ReactNode } from 'react';
import longWords from './ui/longWords.css?url';
import stackedBanners from './ui/stackedBanners.css?url';
import { polarisTexts } from './ui/polarisTexts';
import { TroublePage } from './ui/TroublePage';
import { keepShown, useShown } from './ui/keepShown';
import { environment } from './env.server';
import { languageOf, requestLanguage } from './i18n/catalog';

export { lookAgainAround as shouldRevalidate } from './ui/sending';

export const clientLoader = keepShown('root');

export const meta: MetaFunction = () => [{ title: 'Fidelio' }];

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: polarisStyles },
  { rel: 'stylesheet', href: longWords },
  { rel: 'stylesheet', href: stackedBanners },
];

export const loader = ({ request }: LoaderFunctionArgs) => ({
  apiKey: environment().SHOPIFY_API_KEY,
  language: requestLanguage(request),
});

/** The document around every page, and around what is shown when there is none. */
export const Layout = ({ children }: { readonly children: ReactNode }) => {
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang={data?.language ?? shownLanguage()}>
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
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
};

// Without the loader's word (it failed) the document that stands keeps its language.
const shownLanguage = () => languageOf(typeof document === 'undefined' ? null : document.documentElement.lang);

const Document = () => {
  useShown('root', useLoaderData<typeof loader>());
  return <Outlet />;
};

export default Document;

export const ErrorBoundary = () => {
  const language = useRouteLoaderData<typeof loader>('root')?.language ?? shownLanguage();
  const error = useRouteError();
  return (
    <AppProvider i18n={polarisTexts[language]}>
      <main>
        <TroublePage error={error} language={language} />
      </main>
    </AppProvider>
  );
};
