import { ofRedemption } from '~/db/erasures';
import type { Wing } from '../wing';
import { forgetAnswers } from './usecases/forgetAnswers';
import { giveExperience } from './usecases/giveExperience';

/** What staff does for members who took an experience: a list, with what the members answered. */
export const fulfilment: Wing = {
  name: 'fulfilment',
  gives: [giveExperience],
  tables: [
    {
      name: 'fulfilment',
      erasure: {
        customer: { set: 'answer = NULL', by: `t.answer IS NOT NULL AND ${ofRedemption}` },
        keeps: ['by'],
        store: 'store',
      },
      personal: {
        section: 'answers',
        select: `SELECT jsonb_build_object('redemption', t.redemption_id, 'at', t.asked_at, 'answer', t.answer) AS row
          FROM fulfilment t, a WHERE t.program_id = a.program_id AND ${ofRedemption}
          ORDER BY t.asked_at, t.redemption_id`,
      },
      exportedBy: [['redemption_id', 'uuid']],
    },
  ],
  sweeps: [
    {
      name: 'forget answers',
      everyMs: 3_600_000,
      atOnce: null,
      inReplay: false,
      step: ({ deps, clock }) => forgetAnswers(deps, clock()),
    },
  ],
};
