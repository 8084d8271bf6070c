import type { MemberSummary } from '~/core/storefront/summary';

/** Somebody with nothing yet. */
export const nobody: MemberSummary = {
  v: 1,
  available: 0,
  pending: 0,
  debt: 0,
  expiring: null,
  returning: null,
  codes: [],
  tier: null,
};
