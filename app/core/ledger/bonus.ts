import type { Version } from '../values/version';
import { lotLife, type PolicyVersion } from './lotLife';
import { creditPlan } from './plan';
import type { LedgerDocument } from './policies';
import type { Entry, LedgerPlan } from './types';

/**
 * Points for something else than an order, as a credit: no hold, and a life by the policies of the version `by`, or as
 * much longer as a later one gives (rules §4).
 */
export const bonusPlan = (
  entry: Entry,
  by: Version<LedgerDocument>,
  versions: readonly PolicyVersion[],
): LedgerPlan => {
  const later = versions.filter((one) => one.version > by.version);
  const terms = { policies: by.document.policies, earning: { holdDays: 0 } };
  return creditPlan(entry, {
    originOrder: null,
    ...lotLife(entry.occurredAt, terms, by.document.timeZone, later),
  });
};
