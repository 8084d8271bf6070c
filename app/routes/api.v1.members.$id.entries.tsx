import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { apiAction, apiJson, receiveApi } from '~/http/api/receive';
import { problem } from '~/http/problem';
import { instant } from '~/core/values/instant';
import { apiEntries } from '~/views/apiMembers';

const page = z.object({
  cursor: z.uuid().nullable().default(null),
  limit: z.coerce.number().int().min(1).max(250).default(50),
});

export const action = apiAction;

/**
 * GET /api/v1/members/{id}/entries: every movement of points, the newest first, with its reason and the words for it.
 */
export const loader = async ({ request, params }: LoaderFunctionArgs): Promise<Response> => {
  const asked = await receiveApi(request, instant(Date.now()));
  if (asked instanceof Response) return asked;
  const parsed = page.safeParse(Object.fromEntries(asked.parameters));
  if (!parsed.success)
    return problem(
      400,
      'bad_parameters',
      'cursor is the "next" of the page before; limit is a whole number from 1 to 250.',
    );
  const { database, programId, language } = asked;
  const entries = await apiEntries(database, programId, params.id ?? '', { ...parsed.data, language });
  return entries === null
    ? problem(404, 'unknown_member', 'The program has no member with this id.')
    : apiJson(entries);
};
