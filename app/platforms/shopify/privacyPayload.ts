import { z } from 'zod';
import { asId, type PlatformId } from '~/core/values/ids';

const platformId = z
  .union([z.string().regex(/^\d{1,20}$/), z.int().positive()])
  .transform((id) => asId<PlatformId>(String(id)));
const shop = z.string().min(1);
const customer = z.object({ id: platformId, email: z.string().nullish() });
const redactSchema = z.object({ shop_domain: shop, customer, orders_to_redact: z.array(platformId).nullish() });
const requestSchema = z.object({ shop_domain: shop, customer, orders_requested: z.array(platformId).nullish() });
const shopSchema = z.object({ shop_domain: shop });

/** One of the platform's three messages in the name of the law, understood; null: it does not say whom it is about. */
export type PrivacyMessage =
  | {
      readonly kind: 'customer_redact' | 'data_request';
      readonly domain: string;
      readonly customerId: PlatformId;
      readonly email: string | null;
      readonly orderIds: readonly PlatformId[];
    }
  | { readonly kind: 'shop_redact'; readonly domain: string };

/** What a topic asks for; null for topics that ask for nothing of the kind. */
export const privacyKindOf = (topic: string): PrivacyMessage['kind'] | null => {
  switch (topic) {
    case 'customers/redact':
      return 'customer_redact';
    case 'customers/data_request':
      return 'data_request';
    case 'shop/redact':
      return 'shop_redact';
    default:
      return null;
  }
};

/** Reads a message. Whom it is about is in the signed body; the headers beside it are not signed. */
export const readPrivacyPayload = (kind: PrivacyMessage['kind'], payload: unknown): PrivacyMessage | null => {
  if (kind === 'shop_redact') {
    const read = shopSchema.safeParse(payload);
    return read.success ? { kind, domain: read.data.shop_domain.toLowerCase() } : null;
  }
  const read = kind === 'customer_redact' ? redactSchema.safeParse(payload) : requestSchema.safeParse(payload);
  if (!read.success) return null;
  const orderIds =
    ('orders_to_redact' in read.data
      ? read.data.orders_to_redact
      : 'orders_requested' in read.data
        ? read.data.orders_requested
        : null) ?? [];
  const email = read.data.customer.email?.trim() ?? '';
  return {
    kind,
    domain: read.data.shop_domain.toLowerCase(),
    customerId: read.data.customer.id,
    email: email === '' ? null : email,
    orderIds,
  };
};
