import { redirect, type LoaderFunctionArgs } from '@remix-run/node';

/** Shopify opens the app here; the pages live under /app. Anybody else learns what this is. */
export const loader = ({ request }: LoaderFunctionArgs) => {
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has('shop')) throw redirect(`/app${search}`);
  return null;
};

const Index = () => (
  <main
    style={{
      fontFamily: 'system-ui, sans-serif',
      maxWidth: '36rem',
      margin: '4rem auto',
      padding: '0 1rem',
      lineHeight: 1.6,
    }}
  >
    <h1>Fidelio</h1>
    <p>A loyalty program for online shops. Open it from the apps of your Shopify admin.</p>
  </main>
);

export default Index;
