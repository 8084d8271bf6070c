import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { simulationFile } from '~/features/simulation/views/simulationPage';
import { csvAnswer } from '~/http/files';
import { requireMerchant } from '~/http/shopify/merchant';

/** The results of a simulation as a file for the merchant. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { store, database } = await requireMerchant(request);
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get('id'));
  const lines = id.success ? await simulationFile(database, store.programId, id.data) : null;
  return lines === null ? new Response(null, { status: 404 }) : csvAnswer('fidelio-simulation.csv', lines.join(''));
};
