import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { exportedTables } from '~/process/wings';
import { fileNamed } from '~/features/pointFiles/views/fileNamed';

/** A file of what the program owns, streamed to the merchant who asks for it. */
export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Response> => {
  const file = fileNamed(await requireMerchant(request), exportedTables, params.name ?? '');
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
