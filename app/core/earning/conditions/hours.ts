import { z } from 'zod';
import { problem } from '../../values/fields';
import { orderCondition } from './condition';

const timeForm = /^([01]\d|2[0-3]):[0-5]\d$/;
const time = z.string().refine((text) => timeForm.test(text), {
  message: 'a time is written as 09:30',
  params: problem({ kind: 'no_time' }),
});
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** The order was placed between two times of the day, the first included, the second not; may cross midnight. */
export const hours = orderCondition({
  kind: 'hours',
  schema: z.strictObject({ kind: z.literal('hours'), from: time, to: time }).refine(({ from, to }) => from !== to, {
    message: 'the two times must differ',
    path: ['to'],
    params: problem({ kind: 'same_time' }),
  }),
  model: () => ({ from: '18:00', to: '20:00' }),
  need: null,
  test: ({ from, to }) => {
    const [start, end] = [minuteOf(from), minuteOf(to)];
    return ({ clock }) => {
      const { minuteOfDay } = clock();
      return start < end ? start <= minuteOfDay && minuteOfDay < end : minuteOfDay >= start || minuteOfDay < end;
    };
  },
});
