import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
import tsconfigPaths from 'vite-tsconfig-paths';
import { mergeTexts } from './tools/texts';

mergeTexts(import.meta.dirname);

export default defineConfig({
  server: { port: Number(process.env.PORT ?? 3000), allowedHosts: true },
  plugins: [
    remix({
      ignoredRouteFiles: ['**/.*'],
      future: {
        v3_fetcherPersist: true,
        // Off: a page that asks for another route's data while a form is answered would be told that it does not exist.
        v3_lazyRouteDiscovery: false,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_throwAbortReason: true,
        // Off, as in Shopify's template: with it a thrown 401 loses the header that makes App Bridge try again.
        v3_singleFetch: false,
      },
    }),
    tsconfigPaths(),
  ],
  build: { assetsInlineLimit: 0 },
  ssr: { noExternal: ['@shopify/polaris', '@shopify/polaris-icons', '@shopify/app-bridge-react'] },
  optimizeDeps: { include: ['@shopify/app-bridge-react', '@shopify/polaris'] },
});
