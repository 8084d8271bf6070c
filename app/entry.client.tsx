import { RemixBrowser } from '@remix-run/react';
import { startTransition, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { languageHeader } from './i18n/catalog';

// Shopify names the reader's language when it opens the document, and never again: cookies of a framed page are often
// refused, links lose the parameter. So every later request says in which language the page is written that asks.
const send = window.fetch.bind(window);
window.fetch = (input, init) => {
  const request = new Request(input, init);
  if (new URL(request.url).origin === window.location.origin)
    request.headers.set(languageHeader, document.documentElement.lang);
  return send(request);
};

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
