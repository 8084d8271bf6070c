import type { LoaderFunctionArgs } from '@remix-run/node';
import { apiAction, apiJson, receiveApi } from '~/http/api/receive';
import { problem } from '~/http/problem';
import { instant } from '~/core/values/instant';
import { apiMember } from '~/views/apiMembers';

export const action = apiAction;

/** GET /api/v1/members/{id}: balance and tier at this moment. */
export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Response> => {
  const now = instant(Date.now());
  const asked = await receiveApi(request, now);
  if (asked instanceof Response) return asked;
  const member = await apiMember(asked.database, asked.programId, params.id ?? '', now);
  return member === null ? problem(404, 'unknown_member', 'The program has no member with this id.') : apiJson(member);
};
