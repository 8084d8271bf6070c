import { cleanText, readJson } from '~/core/values/untrusted';
import { ok, refuse, type Result } from '~/core/values/result';

/** Why the body of a request was not taken. */
export type BodyRefusal =
  | { readonly kind: 'too_large'; readonly limitBytes: number }
  /** It did not come to its end in time. */
  | { readonly kind: 'too_slow' }
  /** Too many bytes of other requests are being worked on. */
  | { readonly kind: 'too_busy' }
  /** It is not what its header says: no JSON, no form. */
  | { readonly kind: 'unreadable' };

export const statusOfBody: Readonly<Record<BodyRefusal['kind'], number>> = {
  too_large: 413,
  too_slow: 408,
  too_busy: 503,
  unreadable: 400,
};

/** Bytes that several requests may hold together. */
export type ByteBudget = { readonly take: (bytes: number) => boolean; readonly giveBack: (bytes: number) => void };

export const createByteBudget = (most: number): ByteBudget => {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > most) return false;
      taken += bytes;
      return true;
    },
    giveBack: (bytes) => void (taken -= bytes),
  };
};

export type BodyLimits = {
  readonly maxBytes: number;
  /** From the first look to the last byte. */
  readonly waitMs: number;
  readonly budget?: ByteBudget;
};

// What is beyond a limit is read and dropped for a while, so that the sender can finish and hear why.
const droppedMaxBytes = 40 * 1024 * 1024;

/**
 * Hands the bytes of a body to `work`, or answers why they were not taken. Never holds more than the limit, and takes
 * from the budget what really came, until `work` is done.
 */
export const withBody = async <Answer>(
  request: Request,
  { maxBytes, waitMs, budget }: BodyLimits,
  work: (body: Buffer) => Promise<Answer>,
): Promise<Result<Answer, BodyRefusal>> => {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > droppedMaxBytes) return refuse({ kind: 'too_large', limitBytes: maxBytes });
  let taken = 0;
  const hold = (bytes: number): boolean => {
    if (budget?.take(bytes) === false) return false;
    taken += bytes;
    return true;
  };
  try {
    const read = await readAll(request, maxBytes, performance.now() + waitMs, hold);
    return read.ok ? ok(await work(read.value)) : read;
  } finally {
    budget?.giveBack(taken);
  }
};

const readAll = async (
  request: Request,
  maxBytes: number,
  until: number,
  hold: (bytes: number) => boolean,
): Promise<Result<Buffer, BodyRefusal>> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  while (reader !== undefined && bytes <= droppedMaxBytes) {
    const next = await inTime(reader.read(), until);
    if (next === null) return refuse({ kind: 'too_slow' });
    if (next.done) break;
    const chunk = next.value as Uint8Array;
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      parts.length = 0;
      continue;
    }
    if (!hold(chunk.byteLength)) return refuse({ kind: 'too_busy' });
    parts.push(chunk);
  }
  return bytes > maxBytes ? refuse({ kind: 'too_large', limitBytes: maxBytes }) : ok(Buffer.concat(parts));
};

const inTime = async <Value>(promise: Promise<Value>, until: number): Promise<Value | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>(
    (resolve) => (timer = setTimeout(() => resolve(null), Math.max(0, until - performance.now()))),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

// A form of ours has a few short fields; a program document at its largest is some hundred kilobytes.
const formLimits: BodyLimits = { maxBytes: 64 * 1024, waitMs: 30_000 };
const jsonLimits: BodyLimits = { maxBytes: 4 * 1024 * 1024, waitMs: 30_000 };

/** The text fields of a form, clean (see `cleanText`); of a name that comes twice, the last. Files are passed over. */
export const readForm = async (request: Request): Promise<Result<Readonly<Record<string, string>>, BodyRefusal>> => {
  const read = await withBody(request, formLimits, (body) => fieldsOf(body, request.headers.get('content-type') ?? ''));
  return read.ok ? read.value : read;
};

const fieldsOf = async (
  body: Buffer,
  contentType: string,
): Promise<Result<Readonly<Record<string, string>>, BodyRefusal>> => {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const fields = [...form].flatMap(([name, value]) =>
      typeof value === 'string' ? [[cleanText(name), cleanText(value)] as const] : [],
    );
    return ok(Object.fromEntries(fields));
  } catch {
    return refuse({ kind: 'unreadable' });
  }
};

/** A body of JSON, clean. */
export const readJsonBody = async (
  request: Request,
  limits: BodyLimits = jsonLimits,
): Promise<Result<unknown, BodyRefusal>> => {
  const read = await withBody(request, limits, (body) => Promise.resolve(readJson(body.toString('utf8'))));
  if (!read.ok) return read;
  return read.value.ok ? read.value : refuse({ kind: 'unreadable' });
};

/** A stream of a body came to more bytes than it may have. */
export class BodyTooLarge extends Error {}

/**
 * The same request for a reader that takes its body in pieces: past the limit the body fails with `BodyTooLarge`. null:
 * it says of itself that it is larger, and nothing needs to be read.
 */
export const limitedRequest = (request: Request, maxBytes: number): Request | null => {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  if (request.body === null) return request;
  let bytes = 0;
  const measured = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(new BodyTooLarge(`more than ${maxBytes} bytes`));
      else controller.enqueue(chunk);
    },
  });
  const init = {
    method: request.method,
    headers: request.headers,
    body: request.body.pipeThrough(measured),
    duplex: 'half' as const,
  };
  return new Request(request.url, init);
};
