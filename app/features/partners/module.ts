import { ofRedemption } from '~/db/erasures';
import type { Wing } from '../wing';
import { givePartnerItem } from './usecases/givePartnerItem';

/** Others whose things members get for points: set up by the merchant, ordered there, shown to the member. */
export const partners: Wing = {
  name: 'partners',
  gives: [givePartnerItem],
  tables: [
    {
      name: 'partner_order',
      erasure: {
        customer: { set: 'delivery = NULL', by: `t.delivery IS NOT NULL AND ${ofRedemption}` },
        keeps: ['partner_id', 'item_id'],
        store: 'store',
      },
      personal: {
        section: 'partnerOrders',
        select: `SELECT jsonb_build_object('redemption', t.redemption_id, 'at', t.created_at, 'item', t.item_id,
            'deliveredAt', t.delivered_at, 'delivery', encode(t.delivery, 'base64')) AS row
          FROM partner_order t, a WHERE t.program_id = a.program_id AND ${ofRedemption}
          ORDER BY t.created_at, t.redemption_id`,
        sealed: 'delivery',
      },
      exportedBy: [['redemption_id', 'uuid']],
    },
    {
      name: 'partner_item',
      erasure: {
        customer: { nothing: 'what a partner sells, not to whom' },
        keeps: ['partner_id', 'item_id', 'name', 'currency', 'link'],
        store: 'program',
      },
      exportedBy: [
        ['partner_id', 'text'],
        ['item_id', 'text'],
      ],
    },
    {
      name: 'partner',
      erasure: {
        customer: { nothing: 'whom the merchant works with' },
        keeps: ['id', 'name', 'kind', 'address', 'secret'],
        store: 'program',
      },
      // With it goes what proves to the partner who asks: nobody takes that along.
      exportedBy: null,
    },
  ],
};
