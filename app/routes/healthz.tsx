/** The process answers. */
export const loader = (): Response =>
  new Response('ok', { headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
