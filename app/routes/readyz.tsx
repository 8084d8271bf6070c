import { services } from '~/process/services';
import { isReady } from '~/views/readiness';

/** The process can do its work: the database answers. */
export const loader = async (): Promise<Response> => {
  const ready = await services().then(
    ({ database }) => isReady(database),
    () => false,
  );
  return new Response(ready ? 'ok' : 'the database does not answer', {
    status: ready ? 200 : 503,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
};
