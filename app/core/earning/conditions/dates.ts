import { z } from 'zod';
import { problem } from '../../values/fields';
import { orderCondition } from './condition';

/** The order was placed between two days, both included, in the store's zone. */
export const dates = orderCondition({
  kind: 'dates',
  schema: z
    .strictObject({ kind: z.literal('dates'), from: z.iso.date(), to: z.iso.date() })
    .refine(({ from, to }) => from <= to, {
      message: 'the last day must not be before the first',
      path: ['to'],
      params: problem({ kind: 'last_before_first' }),
    }),
  model: ({ today }) => ({ from: today, to: today }),
  need: null,
  test:
    ({ from, to }) =>
    ({ clock }) => {
      const { isoDate } = clock();
      return from <= isoDate && isoDate <= to;
    },
});
