import { problem } from '~/http/problem';

const nothing = (): Response =>
  problem(404, 'unknown_address', 'There is nothing at this address. /api/v1/openapi.json says what there is.');

/** Whatever else is asked of the API. */
export const loader = nothing;
export const action = nothing;
