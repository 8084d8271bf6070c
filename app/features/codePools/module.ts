import { ofRedemption } from '~/db/erasures';
import type { Wing } from '../wing';
import { givePoolCode } from './usecases/givePoolCode';

/** Codes of others that the merchant uploads, and members get for points. */
export const codePools: Wing = {
  name: 'codePools',
  gives: [givePoolCode],
  tables: [
    {
      name: 'pool_code',
      erasure: {
        customer: {
          set: `code = ''::bytea`,
          by: `t.redemption_id IS NOT NULL AND t.code <> ''::bytea AND ${ofRedemption}`,
        },
        keeps: ['pool_id', 'hash', 'file'],
        // The codes are the program's; those that were given in the store go with its redemptions.
        store: {
          by: `EXISTS (SELECT FROM redemption r WHERE (r.program_id, r.id) = (t.program_id, t.redemption_id)
            AND r.store_id = a.store_id)`,
        },
      },
      personal: {
        section: 'givenCodes',
        select: `SELECT jsonb_build_object('redemption', t.redemption_id, 'at', t.given_at, 'usableUntil',
            NULLIF(t.last_day, DATE '9999-12-31'), 'code', encode(NULLIF(t.code, ''::bytea), 'base64')) AS row
          FROM pool_code t, a WHERE t.program_id = a.program_id AND ${ofRedemption} ORDER BY t.given_at, t.hash`,
        sealed: 'code',
      },
      exportedBy: [
        ['pool_id', 'text'],
        ['hash', 'text'],
      ],
    },
  ],
};
