import { z } from 'zod';
import { asId, type PlatformId } from '~/core/values/ids';

const id = z
  .union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative()])
  .transform((value) => asId<PlatformId>(String(value)));
const shopMoney = z.object({ shop_money: z.object({ amount: z.string(), currency_code: z.string().length(3) }) });
const time = z.string();
const discountAllocations = z
  .array(z.object({ amount_set: shopMoney, discount_application_index: z.int().nonnegative() }))
  .nullish();
const taxLines = z.array(z.object({ price_set: shopMoney })).nullish();
const units = z.int().nonnegative();

const lineItem = z.object({
  id,
  product_id: id.nullish(),
  variant_id: id.nullish(),
  title: z.string().nullish(),
  vendor: z.string().nullish(),
  quantity: units,
  current_quantity: units.nullish(),
  gift_card: z.boolean().nullish(),
  tip: z.unknown().optional(),
  price_set: shopMoney,
  discount_allocations: discountAllocations,
  tax_lines: taxLines,
});

const shippingLine = z.object({
  price_set: shopMoney,
  is_removed: z.boolean().nullish(),
  discount_allocations: discountAllocations,
  tax_lines: taxLines,
});

const refund = z.object({
  id,
  created_at: time,
  processed_at: time.nullish(),
  refund_line_items: z
    .array(z.object({ line_item_id: id, quantity: units, subtotal_set: shopMoney, total_tax_set: shopMoney }))
    .nullish(),
  order_adjustments: z
    .array(z.object({ kind: z.string().nullish(), amount_set: shopMoney, tax_amount_set: shopMoney.nullish() }))
    .nullish(),
  refund_shipping_lines: z
    .array(z.object({ subtotal_amount_set: shopMoney, shipping_line: shippingLine.nullish() }))
    .nullish(),
});

/** What we read of Shopify's order payload: nobody's name or address goes on. */
export const orderPayload = z.object({
  id,
  name: z.string().max(100),
  currency: z.string().length(3),
  created_at: time,
  processed_at: time.nullish(),
  updated_at: time,
  cancelled_at: time.nullish(),
  test: z.boolean().nullish(),
  email: z.string().nullish(),
  contact_email: z.string().nullish(),
  customer: z.object({ id }).nullish(),
  source_name: z.string().nullish(),
  financial_status: z.string().nullish(),
  fulfillment_status: z.string().nullish(),
  taxes_included: z.boolean().nullish(),
  discount_codes: z.array(z.object({ code: z.string() })).nullish(),
  discount_applications: z.array(z.object({ type: z.string(), code: z.string().nullish() })).nullish(),
  line_items: z.array(lineItem),
  shipping_lines: z.array(shippingLine).nullish(),
  refunds: z.array(refund).nullish(),
});

export type OrderPayload = z.infer<typeof orderPayload>;
export type ShopMoney = z.infer<typeof shopMoney>;
export type Allocations = z.infer<typeof discountAllocations>;
export type TaxLines = z.infer<typeof taxLines>;
export type LinePayload = z.infer<typeof lineItem>;
export type ShippingPayload = z.infer<typeof shippingLine>;
export type RefundPayload = z.infer<typeof refund>;
