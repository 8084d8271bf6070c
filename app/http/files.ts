import { Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';

/**
 * A file of lines with commas, as a whole or streamed. The browser keeps it; nobody else does, or guesses what it is.
 */
export const csvAnswer = (fileName: string, text: string | AsyncIterable<string>): Response =>
  new Response(typeof text === 'string' ? text : createReadableStreamFromReadable(Readable.from(text)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
