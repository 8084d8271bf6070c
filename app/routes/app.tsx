import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react';
import { Banner, Page } from '@shopify/polaris';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useMemo, useState } from 'react';
import { EmbeddedApp } from '~/components/EmbeddedApp';
import { WritingProvider } from '~/components/language';
import { defaultDocument } from '~/core/program/defaults';
import { translate } from '~/i18n/catalog';
import type { loader as rootLoader } from '~/root';
import { requireMerchant } from '~/merchant.server';
import { programPage } from '~/views/programPage';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, language, database } = await requireMerchant(request);
  const program = await programPage(database, store.programId);
  const { names } = program?.document ?? defaultDocument(store.currency, store.timeZone);
  return { language, names: { point: names.point, points: names.points }, currency: store.currency, timeZone: store.timeZone };
};

const App = () => {
  const data = useLoaderData<typeof loader>();
  // Shopify names the merchant's language when it opens the document only; later requests do not know it.
  const [language] = useState(data.language);
  const writing = useMemo(() => ({ ...data, language }), [data, language]);
  return (
    <EmbeddedApp language={language}>
      <WritingProvider writing={writing}>
        <Outlet />
      </WritingProvider>
    </EmbeddedApp>
  );
};

export default App;

// Answers thrown by the library (bounce pages) are shown as they are; everything else gets a sentence.
export const ErrorBoundary = () => {
  const error = useRouteError();
  const language = useRouteLoaderData<typeof rootLoader>('root')?.language ?? 'en';
  const missing = isRouteErrorResponse(error) && error.status === 404;
  if (isRouteErrorResponse(error) && !missing) return boundary.error(error);
  return (
    <EmbeddedApp language={language}>
      <Page>
        <Banner tone="critical" title={translate(language, missing ? 'common.not_found' : 'common.error')}>
          {missing ? '' : translate(language, 'common.error_body')}
        </Banner>
      </Page>
    </EmbeddedApp>
  );
};

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
