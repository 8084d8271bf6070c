import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { exportedTables } from '~/process/wings';
import { exportFile } from '~/features/pointFiles/views/exportFile';
import { memberFile } from '~/features/pointFiles/views/memberFile';

/** A file of what the program owns, streamed to the merchant who asks for it. */
export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Response> => {
  const { store, database, platform, language } = await requireMerchant(request);
  const file =
    params.name === 'members'
      ? memberFile(database, platform, store, language)
      : exportFile(database, exportedTables, store.programId, params.name ?? '');
  if (file === null) throw new Response('There is no such export.', { status: 404 });
  const { fileName, contentType, lines } = file;
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
};
