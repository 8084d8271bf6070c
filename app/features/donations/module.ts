import type { Wing } from '../wing';

/** What members gave to others for their points: a report by month and receiver. It keeps nothing of its own. */
export const donations: Wing = { name: 'donations' };
