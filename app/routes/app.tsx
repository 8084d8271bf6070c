import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { EmbeddedApp } from '~/ui/EmbeddedApp';
import { keepShown, useShown } from '~/ui/keepShown';
import { WritingProvider } from '~/ui/language';
import { TroublePage } from '~/ui/TroublePage';
import { defaultDocument } from '~/core/program/defaults';
import type { loader as rootLoader } from '~/root';
import { requireMerchant } from '~/http/shopify/merchant';
import { programPage } from '~/views/programPage';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, language, database } = await requireMerchant(request);
  const program = await programPage(database, store.programId);
  const { names } = program?.document ?? defaultDocument(store.currency, store.timeZone);
  return {
    language,
    names: { point: names.point, points: names.points },
    currency: store.currency,
    timeZone: store.timeZone,
  };
};

export { lookAgainAround as shouldRevalidate } from '~/ui/sending';

export const clientLoader = keepShown('app');

const App = () => {
  const data = useShown('app', useLoaderData<typeof loader>());
  return (
    <EmbeddedApp language={data.language}>
      <WritingProvider writing={data}>
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
  if (isRouteErrorResponse(error) && error.status < 400) return boundary.error(error);
  return (
    <EmbeddedApp language={language}>
      <TroublePage error={error} language={language} />
    </EmbeddedApp>
  );
};

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
