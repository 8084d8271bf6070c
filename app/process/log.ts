import { pino, type Logger } from 'pino';
import { cutText } from '~/core/values/untrusted';
import { environment } from '~/env.server';

const causesMax = 4;

/** What is logged of an error: its kind, words, codes and place in the code, and the same of what caused it. */
type LoggedError = {
  readonly type: string;
  readonly message: string;
  readonly codes?: readonly string[];
  readonly stack?: string;
  readonly cause?: LoggedError;
};

/**
 * An error as it may be logged. Only named fields go in: the database's `detail`, `where`, `parameters`, `query` and
 * whatever else a library hangs on an error quote what a customer wrote. Of a database's words, what it quotes goes,
 * too.
 */
export const loggedError = (error: unknown, depth = 0): LoggedError => {
  const { name, message, stack, code, originalCode, meta, cause } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as LooseError;
  const codes = [code, originalCode, meta?.code].filter((one) => typeof one === 'string');
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const deeper = cause ?? meta?.driverAdapterError;
  const type = typeof name === 'string' ? name : typeof error;
  const text = typeof message === 'string' ? message : typeof error === 'string' ? error : 'no words';
  return {
    type,
    message: codes.length > 0 || /prisma|driver/i.test(type) ? withoutValues(text) : cutText(text, wordsMax),
    ...(codes.length > 0 ? { codes } : {}),
    ...(frames.length > 0 ? { stack: frames.join('\n') } : {}),
    ...(deeper !== undefined && deeper !== null && depth < causesMax ? { cause: loggedError(deeper, depth + 1) } : {}),
  };
};

type LooseError = {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly meta?: { readonly code?: unknown; readonly driverAdapterError?: unknown };
  readonly cause?: unknown;
};

const wordsMax = 1_000;

// PostgreSQL says `invalid input syntax for type uuid: "…"`, `Key (email)=(…)`, `DETAIL: …`; Prisma repeats it, and
// shows its arguments.
const withoutValues = (message: string): string =>
  cutText(
    message
      .replace(/\b(DETAIL|CONTEXT|HINT|WHERE|QUERY|STATEMENT|PARAMETERS):[\s\S]*$/, '')
      .replace(/"[\s\S]*"/g, '"…"')
      .replace(/\([^()]*\)=\([\s\S]*\)/g, '(…)=(…)')
      .trim(),
    wordsMax,
  );

/**
 * One line of JSON per event: ids and topics as fields, never personal data or tokens. Requests and
 * jobs take a child of it. What could hold a secret by accident is cut out here.
 */
export const log: Logger = pino({
  level: environment().LOG_LEVEL,
  base: null,
  serializers: { err: (error: unknown) => loggedError(error) },
  redact: {
    paths: ['*.accessToken', '*.refreshToken', '*.email', '*.phone', '*.authorization', 'headers', '*.headers'],
    censor: '[removed]',
  },
});
