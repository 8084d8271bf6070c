/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Random = () => number;
type Node = Record<string, unknown> | unknown[];

const pick = <Of>(random: Random, list: readonly Of[]): Of => list[Math.floor(random() * list.length)] as Of;

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: [inner] }), 1);

// What a field of a payload never is, or hardly ever.
const odd: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e30, 1e308, 2 ** 53, -(2 ** 31), 9_007_199_254_740_991],
  ...['', ' ', '0', '-0', '-5.00', '1e5', '99999999999999.99', '0.001', '٣', 'NaN', 'null', 'EUR', 'JPY', 'XXX', '🧾'],
  ...[
    '\u0000',
    'a\u0000b',
    '\\u0000',
    '\\u0000u0000',
    '\ud800',
    '\udfff\ud800',
    'x\ud83d',
    '\ufeff',
    '\u202e',
    "'; DROP TABLE member; --",
    '__proto__',
  ],
  ...[
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-02-31T25:00:00Z',
    '1970-01-01',
    '2024-02-29T23:59:60Z',
    '2026-01-01T00:00:00+99:99',
  ],
  ...[
    '12345678901234567890',
    '123456789012345678901',
    'gid://shopify/Customer/1',
    'gid://shopify/Customer/0',
    'x'.repeat(3000),
    '🧾'.repeat(200),
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    { id: null },
    nested(20),
    nested(200),
    JSON.parse('{"__proto__": {"x": 1}, "constructor": 5}'),
  ],
];

const nodesOf = (value: unknown, found: Node[] = []): Node[] => {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Node);
  for (const inner of Object.values(value)) nodesOf(inner, found);
  return found;
};

/** Changes one place of a value: another value, a field gone, added or twice, a list longer or turned round. */
const changeValue = (random: Random, value: unknown): void => {
  const node = pick(random, nodesOf(value).slice(0, 5_000));
  const keys = Object.keys(node);
  const key = pick(random, keys.length === 0 ? ['id'] : keys);
  const fields = node as Record<string, unknown>;
  const kind = random();
  if (kind < 0.55) fields[key] = structuredClone(pick(random, odd));
  else if (kind < 0.7) Reflect.deleteProperty(fields, key);
  else if (kind < 0.8 && Array.isArray(node)) node.push(...(structuredClone(node) as unknown[]));
  else if (kind < 0.85 && Array.isArray(node)) node.reverse();
  else if (kind < 0.92)
    fields[pick(random, ['__proto__x', 'constructor', '\u0000', '\ud800', 'toString', `${key}\u0000`])] = fields[key];
  else if (typeof fields[key] === 'number') fields[key] *= pick(random, [-1, 0, 1000, 1e9, 0.5]);
  else if (typeof fields[key] === 'string') fields[key] = `${pick(random, ['-', '0', ' ', '=', '\t'])}${fields[key]}`;
  else fields[key] = [fields[key]];
};

const putIn = [
  '\\u0000',
  '\\ud83d',
  '"',
  '\\',
  '{',
  ']',
  ',',
  '\u0000',
  '\n',
  '1234567890123456789',
  'e999',
  '-',
  '/*',
  "'",
  '\ufeff',
  '['.repeat(70),
  '\\"'.repeat(500),
];

const changeText = (random: Random, text: string): string => {
  const at = Math.floor(random() * (text.length + 1));
  const kind = random();
  if (kind < 0.3) return text.slice(0, at);
  if (kind < 0.8) return text.slice(0, at) + pick(random, putIn) + text.slice(at + Math.floor(random() * 3));
  if (kind < 0.9) return text + text.slice(0, at);
  return text.slice(at) + text.slice(0, at);
};

/**
 * A body as a broken or hostile sender could write it, made of a valid one by some changes of values, then perhaps of
 * the text.
 */
export const mutated = (random: Random, valid: unknown): string => {
  const value = structuredClone(valid);
  const changes = Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) changeValue(random, value);
  const text = JSON.stringify(value);
  return random() < 0.25 ? changeText(random, text) : text;
};
