import { describe, expect, test } from 'vitest';
import {
  BodyTooLarge,
  createByteBudget,
  limitedRequest,
  readForm,
  readJsonBody,
  withBody,
  type BodyLimits,
} from '~/http/body';

/** A request whose body comes in these pieces; `hang`: and then nothing more. */
const requestOf = (
  pieces: readonly (string | Uint8Array)[],
  { hang = false, headers = {} }: { hang?: boolean; headers?: Record<string, string> } = {},
) => {
  const body = new ReadableStream({
    start: (controller) => {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      if (!hang) controller.close();
    },
  });
  return new Request('https://app.example.com/', { method: 'POST', headers, body, duplex: 'half' });
};

const limits: BodyLimits = { maxBytes: 10, waitMs: 60_000 };
const text = (body: Buffer): Promise<string> => Promise.resolve(body.toString('utf8'));

describe('the body of a request', () => {
  test('is handed on whole up to its limit, and not at all beyond it', async () => {
    expect(await withBody(requestOf(['12345', '67890']), limits, text)).toEqual({ ok: true, value: '1234567890' });
    expect(await withBody(requestOf(['12345', '67890', '1']), limits, text)).toEqual({
      ok: false,
      error: { kind: 'too_large', limitBytes: 10 },
    });
    expect(await withBody(new Request('https://app.example.com/'), limits, text)).toEqual({ ok: true, value: '' });
  });
  test('that says it is huge is not read at all', async () => {
    const huge = requestOf([], { hang: true, headers: { 'content-length': String(50 * 1024 * 1024) } });
    expect(await withBody(huge, limits, text)).toMatchObject({ error: { kind: 'too_large' } });
  });
  test('that does not end in time is given up, and what it took is given back', async () => {
    const budget = createByteBudget(10);
    expect(await withBody(requestOf(['12345'], { hang: true }), { ...limits, waitMs: 20, budget }, text)).toMatchObject(
      { error: { kind: 'too_slow' } },
    );
    expect(budget.take(10)).toBe(true);
  }, 5_000);
  test('takes of what all may hold together until its work is done, even when that fails', async () => {
    const budget = createByteBudget(12);
    const shared = { ...limits, budget };
    let meanwhile: unknown = null;
    await withBody(requestOf(['12345678']), shared, async () => {
      meanwhile = [
        await withBody(requestOf(['12345']), shared, text),
        await withBody(requestOf(['1234']), shared, text),
      ];
    });
    expect(meanwhile).toEqual([
      { ok: false, error: { kind: 'too_busy' } },
      { ok: true, value: '1234' },
    ]);
    await expect(withBody(requestOf(['12345678']), shared, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    await withBody(requestOf(['1'.repeat(20)]), shared, text);
    expect(budget.take(12)).toBe(true);
  });
  test('as a form: its texts, clean; files are passed over; what is no form is refused', async () => {
    const form = new FormData();
    form.set('na\u0000me', 'a\u0000b');
    form.set('file', new Blob(['x']), 'x.csv');
    expect(await readForm(new Request('https://app.example.com/', { method: 'POST', body: form }))).toEqual({
      ok: true,
      value: { name: 'ab' },
    });
    for (const type of ['multipart/form-data', 'text/plain', '']) {
      expect(await readForm(requestOf(['a=b'], { headers: { 'content-type': type } }))).toEqual({
        ok: false,
        error: { kind: 'unreadable' },
      });
    }
  });
  test('as JSON: clean, or refused', async () => {
    expect(await readJsonBody(requestOf(['{"a": "b\\u0000"}']))).toEqual({ ok: true, value: { a: 'b' } });
    expect(await readJsonBody(requestOf(['{']))).toEqual({ ok: false, error: { kind: 'unreadable' } });
  });
  test('in pieces: past its limit it fails as too large', async () => {
    expect(await limitedRequest(requestOf(['12345']), 5)?.text()).toBe('12345');
    await expect(limitedRequest(requestOf(['12345', '6']), 5)?.text()).rejects.toThrow(BodyTooLarge);
    expect(limitedRequest(requestOf([], { headers: { 'content-length': '6' } }), 5)).toBeNull();
  });
});
