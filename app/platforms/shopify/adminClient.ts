import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { refuse, ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';

export const adminApiVersion = '2026-10';

/** Calls the Admin GraphQL API of one shop. */
export type AdminClient = {
  /** `data` of the answer, parsed. Throttling is waited for; a refused token is renewed once. */
  readonly ask: <Data>(
    operation: string,
    variables: Readonly<Record<string, unknown>>,
    data: z.ZodType<Data>,
  ) => Promise<Result<Data, PlatformFailure>>;
  /**
   * The same for what must not be done twice: when nobody knows whether it was done (no answer, or a failure of the
   * platform's), it is not asked again. What was surely not done, because we were throttled or our token refused, is.
   */
  readonly askOnce: <Data>(
    operation: string,
    variables: Readonly<Record<string, unknown>>,
    data: z.ZodType<Data>,
  ) => Promise<Result<Data, PlatformFailure>>;
  /** Opens a file that the platform prepared. */
  readonly open: (url: string) => Promise<Response>;
};

export type AdminClientOptions = {
  readonly domain: string;
  readonly fetch: typeof fetch;
  /** The shop's access token, another one than `refused`; null when the app has no access there. */
  readonly accessToken: (refused: string | null) => Promise<string | null>;
  readonly timeoutMs?: number;
  readonly attemptsMax?: number;
  /** No attempt begins later than this after the first: a shopper waits for the answer. */
  readonly patienceMs?: number;
};

const answerSchema = z.object({
  // What is throttled has none.
  data: z.unknown().optional(),
  errors: z
    .union([
      z.string(),
      z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() })),
    ])
    .optional(),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }),
      }),
    })
    .optional()
    .catch(undefined),
});

type Attempt =
  | { readonly kind: 'answer'; readonly data: unknown }
  | {
      readonly kind: 'again';
      readonly afterMs: number;
      readonly reason: string;
      readonly refused?: string;
      /** Whether it may have been done all the same. */
      readonly isOpen: boolean;
    }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

const unavailable = (reason: string): PlatformFailure => ({ kind: 'unavailable', reason });

export const createAdminClient = (options: AdminClientOptions): AdminClient => ({
  ask: (operation, variables, schema) => askFor(options, { operation, variables, isOnce: false }, schema),
  askOnce: (operation, variables, schema) => askFor(options, { operation, variables, isOnce: true }, schema),
  open: (url) => options.fetch(url, { signal: AbortSignal.timeout(300_000) }),
});

type Asked = {
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly isOnce: boolean;
};

const askFor = async <Data>(
  options: AdminClientOptions,
  { operation, variables, isOnce }: Asked,
  schema: z.ZodType<Data>,
): Promise<Result<Data, PlatformFailure>> => {
  const { attemptsMax = 4, patienceMs = 6_000 } = options;
  let refused: string | null = null;
  let reason = '';
  const started = performance.now();
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const outcome = await attemptOnce(options, operation, variables, refused, attempt);
    if (outcome.kind === 'failed') return refuse(outcome.failure);
    if (outcome.kind === 'answer') {
      const parsed = schema.safeParse(outcome.data);
      return parsed.success
        ? ok(parsed.data)
        : refuse(unavailable(`the answer has an unexpected shape at ${parsed.error.issues[0]?.path.join('.') ?? ''}`));
    }
    // A token that is refused although it was just renewed will not get better by asking again.
    if (outcome.refused !== undefined && refused !== null) return refuse(unavailable(outcome.reason));
    if (isOnce && outcome.isOpen) return refuse(unavailable(outcome.reason));
    refused = outcome.refused ?? null;
    reason = outcome.reason;
    if (performance.now() - started + outcome.afterMs > patienceMs) break;
    if (attempt < attemptsMax) await sleep(outcome.afterMs);
  }
  return refuse(unavailable(reason));
};

const attemptOnce = async (
  { domain, fetch: send, accessToken, timeoutMs = 4_000 }: AdminClientOptions,
  operation: string,
  variables: Readonly<Record<string, unknown>>,
  refused: string | null,
  attempt: number,
): Promise<Attempt> => {
  const pauseMs = 250 * 2 ** attempt;
  try {
    const token = await accessToken(refused);
    if (token === null) return { kind: 'failed', failure: unavailable('the app has no access to this shop') };
    const response = await send(`https://${domain}/admin/api/${adminApiVersion}/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query: operation, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 401)
      return { kind: 'again', afterMs: 0, reason: 'the access token was refused', refused: token, isOpen: false };
    if (response.status === 429 || response.status >= 500) {
      const reason = `the platform answered ${response.status}`;
      return { kind: 'again', afterMs: pauseMs, reason, isOpen: response.status !== 429 };
    }
    if (!response.ok)
      return { kind: 'failed', failure: { kind: 'refused', reasons: [`the platform answered ${response.status}`] } };
    return readAnswer(await response.json(), pauseMs);
  } catch (error) {
    return {
      kind: 'again',
      afterMs: pauseMs,
      reason: error instanceof Error ? error.name : 'the platform cannot be reached',
      isOpen: true,
    };
  }
};

const readAnswer = (body: unknown, pauseMs: number): Attempt => {
  const answer = answerSchema.parse(body);
  const errors = typeof answer.errors === 'string' ? [{ message: answer.errors }] : (answer.errors ?? []);
  if (errors.some((error) => 'extensions' in error && error.extensions?.code === 'THROTTLED')) {
    const afterMs = restoreMs(answer.extensions) ?? pauseMs;
    return { kind: 'again', afterMs, reason: 'the platform throttles us', isOpen: false };
  }
  if (errors.length > 0)
    return { kind: 'failed', failure: { kind: 'refused', reasons: errors.map(({ message }) => message) } };
  return { kind: 'answer', data: answer.data };
};

// How long the bucket needs to hold what the operation costs; at most 10 s.
const restoreMs = (extensions: z.infer<typeof answerSchema>['extensions']): number | null => {
  if (extensions === undefined) return null;
  const { requestedQueryCost, throttleStatus } = extensions.cost;
  const missing = Math.max(0, requestedQueryCost - throttleStatus.currentlyAvailable);
  return Math.min(10_000, Math.ceil((missing / Math.max(1, throttleStatus.restoreRate)) * 1000) + 50);
};

/** `userErrors` of a mutation, always selected and always handled. */
export const userErrors = z.array(
  z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() }),
);

export const refusedBy = (errors: z.infer<typeof userErrors>): PlatformFailure => ({
  kind: 'refused',
  reasons: errors.map(({ message }) => message),
});
