import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, cutText, depthMax, readJson, scanJson, type Scanned } from '~/core/values/untrusted';

const parsed = (text: string): unknown => {
  const read = readJson(text);
  return read.ok ? read.value : read.error.kind;
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON from outside', () => {
  test('reads what JSON.parse reads, and nothing else', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        fc.pre(!/\d{16}/.test(text) && !/\\u|[\uD800-\uDFFF]/i.test(text));
        expect(parsed(text)).toEqual(JSON.parse(text));
      }),
    );
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', '\\', '1234567890123456', 'e', '.', '-'),
        (text, at, put) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + put + text.slice(place + 1);
          const isJson = ((): boolean => {
            try {
              JSON.parse(broken);
              return true;
            } catch {
              return false;
            }
          })();
          expect(readJson(broken).ok).toBe(isJson);
        },
      ),
    );
  });
  test('whole numbers of 16 digits keep every digit, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.string(), (id, text) => {
        const written = JSON.stringify({ text, list: [0, 'ID'] }).replace('"ID"', String(id));
        const digits = String(id).replace('-', '').length;
        expect((parsed(written) as { list: unknown[] }).list[1]).toEqual(digits >= 16 ? String(id) : Number(id));
      }),
    );
  });
  test('fractions, exponents and texts with many digits stay what they are', () => {
    const text = '{"a":1.1234567890123456,"b":1e5,"c":"12345678901234567890","d":-0.5E-3,"e":"\\"1234567890123456"}';
    expect(parsed(text)).toEqual(JSON.parse(text));
    expect(parsed('{1234567890123456: 1}')).toBe('not_json');
    expect(parsed('[12345678901234567]')).toEqual(['12345678901234567']);
  });
  test('what a shopper typed as six characters stays six characters; a real zero character is taken out', () => {
    const note = 'gift code \\u0000';
    expect(parsed(JSON.stringify({ note }))).toEqual({ note });
    expect(parsed(JSON.stringify({ note: 'a\\u0000u0000b' }))).toEqual({ note: 'a\\u0000u0000b' });
    expect(parsed('{"a\\u0000": "b\\u0000c", "list": ["\\u0000"]}')).toEqual({ a: 'bc', list: [''] });
  });
  test('every text comes out well-formed and without zero characters, the names of fields too', () => {
    const unclean = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `${text}\ud83d\u0000${text}\udc00`);
    fc.assert(
      fc.property(fc.dictionary(unclean, fc.array(unclean)), (value) => {
        const out = JSON.stringify(parsed(JSON.stringify(value)));
        expect(out).not.toMatch(/\\ud[89a-f]|\\u0000/i);
      }),
    );
  });
  test('a whole pair stays, half of one is replaced', () => {
    expect(cleanText('a😀b')).toBe('a😀b');
    expect(cleanText('a\ud83db\ude00\u0000')).toBe('a\uFFFDb\uFFFD');
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
  });
  test('a field called __proto__ changes no other object', () => {
    const value = parsed(
      '{"__proto__": {"admin": "\\u0000yes"}, "constructor": {"prototype": {"admin": "yes"}}}',
    ) as Record<string, unknown>;
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(value.admin).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
  test('what is nested too deeply is refused, in lists and objects', () => {
    expect(readJson(nested(depthMax)).ok).toBe(true);
    for (const text of [
      nested(depthMax + 1),
      '['.repeat(100_000),
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    ]) {
      expect(parsed(text)).toBe('too_deep');
    }
    expect(parsed(JSON.stringify(nested(1000)))).toBe(nested(1000));
  });
  test('reading takes as many steps as the text is long, whatever it is', () => {
    const steps = (text: string): number => {
      let looks = 0;
      const counted: Scanned = { length: text.length, charCodeAt: (index) => ((looks += 1), text.charCodeAt(index)) };
      scanJson(counted);
      return looks;
    };
    for (const unit of ['\\"', '"', '1', '-', '[', '\\', '{"a":"', '1e', '"\\']) {
      const [once, twice] = [steps(`{"note":"${unit.repeat(5_000)}`), steps(`{"note":"${unit.repeat(10_000)}`)];
      expect(twice).toBeLessThanOrEqual(2 * once + 10);
      expect(twice).toBeLessThanOrEqual(2 * unit.length * 10_000 + 50);
    }
    const text = `[${'1234567890123456,'.repeat(5_000)}1]`;
    expect(steps(text)).toBeLessThanOrEqual(2 * text.length);
  });
});
