import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { apiAction, apiJson, receiveApi } from '~/http/api/receive';
import { problem } from '~/http/problem';
import { asId, platformIdForm, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { apiMembersOf } from '~/views/apiMembers';

const question = z.object({
  customer_id: z.string().regex(platformIdForm),
  shop: z.string().min(1).max(255).nullable().default(null),
});

export const action = apiAction;

/** GET /api/v1/members?customer_id=…: who that is. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const now = instant(Date.now());
  const asked = await receiveApi(request, now);
  if (asked instanceof Response) return asked;
  const parsed = question.safeParse(Object.fromEntries(asked.parameters));
  if (!parsed.success)
    return problem(
      400,
      'bad_parameters',
      'customer_id is needed, in digits; shop names one shop where several share the program.',
    );
  const { customer_id: customerId, shop } = parsed.data;
  return apiJson({
    data: await apiMembersOf(asked.database, asked.programId, asId<PlatformId>(customerId), shop, now),
  });
};
