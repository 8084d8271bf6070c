import { z } from 'zod';
import { documentId } from '../../values/fields';
import { orderCondition } from './condition';

/** The member belongs to one of the given segments of the document. */
export const segment = orderCondition({
  kind: 'segment',
  schema: z.strictObject({ kind: z.literal('segment'), segmentIds: z.array(documentId).min(1).max(50) }),
  model: ({ segmentIds }) => (segmentIds.length === 0 ? null : { segmentIds: segmentIds.slice(0, 1) }),
  need: 'labels',
  test: ({ segmentIds }) => {
    const wanted = new Set(segmentIds);
    return ({ segments }) => segments.some((id) => wanted.has(id));
  },
});
