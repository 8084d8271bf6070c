import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { asId, platformIdForm, type PlatformId } from '~/core/values/ids';
import { parseInstant, type Instant } from '~/core/values/instant';
import { readJson } from '~/core/values/untrusted';

/** A line that cannot be replayed; its message names the file and the line. */
export class BadLine extends Error {}

const moment = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: `"${text}" is not a point in time with its offset` });
  return z.NEVER;
});
const platformId = z
  .union([z.string().regex(platformIdForm, 'is no id of a platform'), z.int().nonnegative()])
  .transform((id) => asId<PlatformId>(String(id)));

const delivery = z.object({
  topic: z
    .string()
    .min(1)
    .transform((topic) => topic.toLowerCase()),
  webhookId: z.string().nullish(),
  /** When it was sent: the clock goes on to it. Without it the clock stays. */
  triggeredAt: moment.nullish(),
  shop: z.string().min(1).nullish(),
  body: z.unknown().refine((body) => body !== undefined && body !== null, 'is missing'),
});

const base = { at: moment.nullish(), shop: z.string().min(1).nullish() };
const command = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('publish'), ...base, program: z.unknown() }),
  z.strictObject({
    command: z.literal('redeem'),
    ...base,
    customer: platformId,
    reward: z.string().min(1),
    points: z.int().nullish(),
    redemption: z.uuid(),
    /** The code that the orders of the file carry; without it one is derived, the same in every replay. */
    code: z.string().min(4).max(60).nullish(),
    cart: z.strictObject({ subtotalMinor: z.int().nonnegative(), currency: z.string().length(3) }).nullish(),
  }),
  z.strictObject({ command: z.literal('cancel_redemption'), ...base, customer: platformId, redemption: z.uuid() }),
  z.strictObject({
    command: z.literal('adjust'),
    ...base,
    customer: platformId,
    points: z.int(),
    reason: z.string(),
    id: z.string().min(1).nullish(),
    by: z.string().min(1).nullish(),
  }),
  z.strictObject({ command: z.literal('advance_clock'), at: moment }),
  z.strictObject({ command: z.literal('merge'), ...base, from: platformId, to: platformId }),
  z.strictObject({ command: z.literal('reconcile'), ...base }),
  z.strictObject({
    command: z.literal('set_tier'),
    ...base,
    customer: platformId,
    tier: z.string().nullable(),
    until: moment.nullish(),
    reason: z.string().min(1),
  }),
]);

export type Delivery = z.infer<typeof delivery>;
export type Command = z.infer<typeof command>;
export type Line = { readonly number: number } & (
  { readonly kind: 'delivery'; readonly delivery: Delivery } | { readonly kind: 'command'; readonly command: Command }
);

const sentence = (file: string, number: number, why: string): BadLine => new BadLine(`${file}, line ${number}: ${why}`);

/** The lines of a file of JSON objects with their numbers; empty ones are passed over. Long ids stay exact. */
export async function* jsonLines(file: string): AsyncGenerator<{ readonly number: number; readonly value: unknown }> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const read = readJson(text);
    if (!read.ok)
      throw sentence(file, number, read.error.kind === 'too_deep' ? 'this is nested too deeply.' : 'this is not JSON.');
    yield { number, value: read.value };
  }
}

/** Reads deliveries and commands, checking each. */
export async function* replayLines(file: string): AsyncGenerator<Line> {
  for await (const { number, value } of jsonLines(file)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw sentence(file, number, 'a line is one JSON object.');
    const isCommand = 'command' in value;
    const parsed = isCommand ? command.safeParse(value) : delivery.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.') ?? '';
      throw sentence(
        file,
        number,
        `${field === '' ? 'the line' : `"${field}"`} cannot be read: ${issue?.message ?? 'unknown'}.`,
      );
    }
    yield isCommand
      ? { number, kind: 'command', command: parsed.data as Command }
      : { number, kind: 'delivery', delivery: bodyRead(file, number, parsed.data as Delivery) };
  }
}

// A body may be the raw text as it was sent.
const bodyRead = (file: string, number: number, read: Delivery): Delivery => {
  if (typeof read.body !== 'string') return read;
  const body = readJson(read.body);
  if (!body.ok) throw sentence(file, number, '"body" is not JSON.');
  return { ...read, body: body.value ?? {} };
};
