import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/http/shopify/merchant';
import { noteFileFetched } from '~/usecases/privacy/noteFileFetched';
import { privacyFile } from '~/views/privacyRequests';

/** The file of a customer's data request, for the merchant to hand out. */
export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Response> => {
  const { store, database, deps, secrets, language } = await requireMerchant(request);
  const id = z.uuid().safeParse(params.id);
  const file = id.success ? await privacyFile(database, secrets, store, id.data, language) : null;
  if (!id.success || file === null) throw new Response('There is no such file, or not any more.', { status: 404 });
  await noteFileFetched(deps, id.data, instant(Date.now()));
  return new Response(file.text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'cache-control': 'no-store',
    },
  });
};
