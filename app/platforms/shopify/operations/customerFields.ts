import { z } from 'zod';
import type { CustomerCard } from '~/platforms/platform';
import { idOf } from '../gid';

export const customerFields = 'id displayName tags verifiedEmail defaultEmailAddress { emailAddress }';

export const customerSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  tags: z.array(z.string()),
  verifiedEmail: z.boolean(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
});

export const customerCard = (customer: z.infer<typeof customerSchema>): CustomerCard => ({
  customerId: idOf(customer.id),
  displayName: customer.displayName,
  email: customer.defaultEmailAddress?.emailAddress ?? null,
  emailVerified: customer.verifiedEmail,
  marks: customer.tags,
});
