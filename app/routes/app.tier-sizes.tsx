import { json, type ActionFunctionArgs } from '@remix-run/node';
import { readDocument } from '~/core/program/migration';
import { instant } from '~/core/values/instant';
import { readJsonBody, statusOfBody } from '~/http/body';
import { requireMerchant } from '~/http/shopify/merchant';
import { tierSizes } from '~/views/tierSizes';

/**
 * Counts how many members each level of a draft would hold now. It changes nothing: it is sent as a body because a
 * draft is too large for an address.
 */
export const action = async ({ request }: ActionFunctionArgs): Promise<Response> => {
  const { deps, store } = await requireMerchant(request);
  const sent = await readJsonBody(request);
  if (!sent.ok) return json({ reason: sent.error.kind }, statusOfBody[sent.error.kind]);
  const read = readDocument(sent.value);
  if (!read.ok) return json({ reason: 'Something is wrong with the draft.' }, 422);
  return json(await tierSizes(deps, store.programId, read.value, instant(Date.now())));
};
