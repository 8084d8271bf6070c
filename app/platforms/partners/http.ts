import { z } from 'zod';
import { partnerCost, partnerItemId } from '~/core/rewards/partners';
import { ok, refuse, type Result } from '~/core/values/result';
import { cutText, readJson } from '~/core/values/untrusted';
import type { CallOutward, OutwardCall, Partner, PartnerAccess, PartnerAway, PartnerStatus } from '../partner';

const catalogueBytes = 1024 * 1024;
const answerBytes = 64 * 1024;
const itemsMost = 2000;

const money = { cost: partnerCost.shape.amountMinor, currency: partnerCost.shape.currency };

const catalogueSchema = z.object({
  items: z.array(z.object({ id: partnerItemId, name: z.string().trim().min(1).max(120), ...money })).max(itemsMost),
});

const quoteSchema = z.object({ ...money, available: z.boolean(), needsEmail: z.boolean().default(false) });

const isSecure = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';

const statusSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('placed') }),
  z.object({
    status: z.literal('delivered'),
    // A code is written into a sentence: what breaks lines or hides in them is none.
    code: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .regex(/^[^\p{C}]+$/u)
      .nullish(),
    link: z.string().max(2000).refine(isSecure, 'is not an address with https').nullish(),
  }),
  z.object({ status: z.literal('refused'), reason: z.string().max(10_000).nullish() }),
]);

const reasonSchema = z.object({ reason: z.string() });
const reasonMost = 300;
const noReason = 'The partner gave no reason.';

// It is not ordered, and the same question would be answered alike. What a mend changes (who we are, too many
// questions, a time-out) is no such answer.
const refusals: ReadonlySet<number> = new Set([400, 404, 409, 410, 422]);

/**
 * A partner that is spoken with over HTTP: `GET /catalogue`, `GET /items/{id}/quote`, `POST /orders` with an
 * `Idempotency-Key`, `GET /orders/{reference}`. What it says is parsed, and is nothing where it makes no sense.
 */
export const httpPartner = ({ address, secret }: PartnerAccess, call: CallOutward): Partner => {
  const ask = (path: string, more: Partial<OutwardCall> = {}) =>
    call({
      method: 'GET',
      address: new URL(`${address.replace(/\/+$/, '')}${path}`),
      body: null,
      maxBytes: answerBytes,
      ...more,
      headers: { accept: 'application/json', authorization: `Bearer ${secret}`, ...more.headers },
    });
  return {
    catalogue: async () => {
      const answer = await ask('/catalogue', { maxBytes: catalogueBytes });
      const read = answer.ok ? readAs(catalogueSchema, answer.value) : answer;
      if (!read.ok) return read;
      const items = read.value.items.map(({ id, name, cost, currency }) => ({
        itemId: id,
        name,
        cost: { amountMinor: cost, currency },
      }));
      return new Set(items.map(({ itemId }) => itemId)).size === items.length
        ? ok(items)
        : away('An item stands in the catalogue twice.');
    },
    quote: async (itemId) => {
      const answer = await ask(`/items/${encodeURIComponent(itemId)}/quote`);
      if (answer.ok && answer.value.status === 404) return ok(null);
      const read = answer.ok ? readAs(quoteSchema, answer.value) : answer;
      if (!read.ok) return read;
      const { cost, currency, available, needsEmail } = read.value;
      return ok({ cost: { amountMinor: cost, currency }, available, needsEmail });
    },
    place: async ({ reference, itemId, email }) => {
      const body = JSON.stringify({ reference, itemId, ...(email === null ? {} : { email }) });
      const headers = { 'content-type': 'application/json', 'idempotency-key': reference };
      const answer = await ask('/orders', { method: 'POST', body, headers });
      if (!answer.ok) return answer;
      const { status } = answer.value;
      if (status >= 200 && status < 300) return ok(null);
      return refusals.has(status) ? refuse({ kind: 'refused', reasons: [reasonIn(answer.value.body)] }) : odd(status);
    },
    status: async (reference) => {
      const answer = await ask(`/orders/${encodeURIComponent(reference)}`);
      if (answer.ok && answer.value.status === 404) return ok({ kind: 'unknown' });
      const read = answer.ok ? readAs(statusSchema, answer.value) : answer;
      return read.ok ? ok(statusOf(read.value)) : read;
    },
  };
};

const away = (reason: string): Result<never, PartnerAway> => refuse({ kind: 'unavailable', reason, why: 'answer' });
const odd = (status: number): Result<never, PartnerAway> => away(`The partner answered with ${status}.`);

const readAs = <Schema extends z.ZodType>(
  schema: Schema,
  { status, body }: { readonly status: number; readonly body: string },
): Result<z.infer<Schema>, PartnerAway> => {
  if (status !== 200) return odd(status);
  const json = readJson(body);
  const read = schema.safeParse(json.ok ? json.value : null);
  return read.success ? ok(read.data) : away('What the partner answered cannot be read.');
};

const statusOf = (read: z.infer<typeof statusSchema>): PartnerStatus => {
  switch (read.status) {
    case 'placed':
      return { kind: 'placed' };
    case 'delivered':
      return { kind: 'delivered', code: read.code ?? null, link: read.link ?? null };
    case 'refused':
      return { kind: 'refused', reasons: [cutText(read.reason?.trim() || noReason, reasonMost)] };
  }
};

const reasonIn = (body: string): string => {
  const json = readJson(body);
  const read = reasonSchema.safeParse(json.ok ? json.value : null);
  return cutText((read.success ? read.data.reason.trim() : '') || noReason, reasonMost);
};
