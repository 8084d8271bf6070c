import { z } from 'zod';

const moment = z.iso.datetime().describe('A moment in UTC');
const points = z.int();

/** What the API answers, as schemas: the document is made of them, and the tests read real answers with them. */
export const apiSchemas = {
  Member: z.strictObject({
    id: z.uuid(),
    createdAt: moment,
    customers: z
      .array(z.strictObject({ shop: z.string().nullable(), id: z.string() }))
      .describe('By which customer ids the shops know the member'),
    available: points.describe('Points that can be spent now; never negative'),
    pending: points.describe('Points that are on hold days'),
    debt: points.describe('Points that were taken back and are not there any more; the next ones repay them'),
    tier: z.string().nullable().describe('The id of the tier in the program document'),
  }),
  Entry: z.strictObject({
    id: z.uuid(),
    kind: z.string().describe('award, clawback, redeem, release, return, adjust, expire, bonus, merge, import, …'),
    points: points.describe('Signed: what moved'),
    forgiven: points.describe('What was asked back but let go'),
    occurredAt: moment,
    recordedAt: moment,
    orderId: z.string().nullable(),
    redemptionId: z.uuid().nullable(),
    why: z
      .looseObject({ v: z.literal(1), kind: z.string() })
      .describe('The structured reason: rule, version, basis of each line, arithmetic, rounding, caps'),
    explanation: z
      .strictObject({ sentence: z.string(), steps: z.array(z.string()), details: z.array(z.string()) })
      .describe('The reason in the words of the language asked for'),
  }),
  Problem: z.strictObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }),
};

export const membersAnswer = z.strictObject({ data: z.array(apiSchemas.Member) });
export const entriesAnswer = z.strictObject({
  data: z.array(apiSchemas.Entry),
  next: z.uuid().nullable().describe('The cursor of the next page; null: this is the last one'),
});

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema);

type Parameter = {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly description: string;
  readonly schema: object;
  readonly required?: true;
};
const language: Parameter = {
  name: 'language',
  in: 'query',
  description: 'en, it, de, fr or es; else the header Accept-Language',
  schema: { type: 'string' },
};
const memberId: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The member',
  schema: { type: 'string', format: 'uuid' },
  required: true,
};

const problems: Readonly<Record<string, string>> = {
  '400': 'A parameter cannot be read',
  '401': 'No valid key',
  '404': 'No such member',
  '429': 'Too many requests',
};

const reading = (summary: string, answer: z.ZodType, parameters: readonly Parameter[]) => ({
  get: {
    summary,
    parameters,
    responses: {
      '200': { description: 'The answer', content: { 'application/json': { schema: schemaOf(answer) } } },
      ...Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          status,
          { description, content: { 'application/problem+json': { schema: schemaOf(apiSchemas.Problem) } } },
        ]),
      ),
    },
  },
});

/** The OpenAPI document of what other systems may ask. */
export const openApi = (origin: string) => ({
  openapi: '3.1.0',
  info: { title: 'Fidelio', version: '1', description: 'What members have, and why. Reading only, so far.' },
  servers: [{ url: `${origin}/api/v1` }],
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key made in Settings' } } },
  paths: {
    '/members': reading('Members by customer id', membersAnswer, [
      {
        name: 'customer_id',
        in: 'query',
        description: 'The customer’s id in the shop',
        schema: { type: 'string' },
        required: true,
      },
      {
        name: 'shop',
        in: 'query',
        description: 'The shop’s permanent address, where several shops share the program',
        schema: { type: 'string' },
      },
    ]),
    '/members/{id}': reading('A member', apiSchemas.Member, [memberId]),
    '/members/{id}/entries': reading('Movements of points, the newest first', entriesAnswer, [
      memberId,
      {
        name: 'cursor',
        in: 'query',
        description: 'The "next" of the page before',
        schema: { type: 'string', format: 'uuid' },
      },
      { name: 'limit', in: 'query', description: 'From 1 to 250, 50 unless given', schema: { type: 'integer' } },
      language,
    ]),
  },
});
