import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loggedError } from '~/process/log';
import { engines, openTestDatabase, type TestDatabase } from 'test/support/database';

/** What a line of the log holds of an error. */
const lineOf = (error: unknown): string => {
  let text = '';
  const sink = new Writable({ write: (chunk: Buffer, _, done) => ((text += chunk.toString()), done()) });
  pino({ base: null, serializers: { err: (one: unknown) => loggedError(one) } }, sink).error({ err: error }, 'job');
  return text;
};

describe.each(engines)('errors of the database in the log (%s)', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened?.close());

  const secret = 'Anna Segreta anna@example.com';
  const failing: readonly (readonly [string, (sql: TestDatabase['database']['prisma']) => Promise<unknown>])[] = [
    ['text that is no JSON', ({ $queryRawUnsafe: ask }) => ask(`SELECT $1::text::jsonb`, `{"title": "${secret}`)],
    [
      'a character that cannot be stored',
      ({ $queryRawUnsafe: ask }) => ask(`SELECT $1::text::jsonb`, `{"title": "${secret} \\ud800"}`),
    ],
    ['text that is no id', ({ $queryRawUnsafe: ask }) => ask(`SELECT $1::text::uuid`, secret)],
    [
      'a field that the client does not know',
      (prisma) => prisma.member.findMany({ where: { email: secret } as never }),
    ],
    [
      'a key that is there already',
      async (prisma) => {
        const row = { shop: secret, state: 'x', isOnline: false, accessToken: 'x', id: secret };
        for (let copy = 0; copy < 2; copy += 1) await prisma.session.create({ data: row });
      },
    ],
  ];
  test.each(failing)('%s: its kind and place, nothing of what it was about', async (_, fail) => {
    const { prisma } = opened.database;
    const bound = new Proxy(prisma, {
      get: (client, name) => {
        const field: unknown = Reflect.get(client, name);
        return typeof field === 'function' ? (field.bind(client) as unknown) : field;
      },
    });
    const error: unknown = await fail(bound).then(
      () => null,
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(Error);
    const line = lineOf(error);
    for (const scrap of [secret, 'Anna', 'Segreta', 'example.com']) expect(line).not.toContain(scrap);
    expect(line).toMatch(/"type":"[^"]+"/);
    expect(line).toMatch(/"stack":" +at /);
  });
});

test('only named fields of an error are logged, of its causes, too', () => {
  const scraps = {
    detail: 'secret',
    where: 'secret',
    parameters: ['secret'],
    query: 'secret',
    internalQuery: 'secret',
    hint: 'secret',
    meta: { target: 'secret' },
  };
  const cause = Object.assign(new Error('could not: "secret" DETAIL: secret'), { code: '22P02', ...scraps });
  const line = lineOf(Object.assign(new Error('The order could not be settled.', { cause }), scraps));
  expect(line).not.toContain('secret');
  expect(line).toContain('The order could not be settled.');
  expect(line).toContain('22P02');
  expect(lineOf('a text')).toContain('a text');
});
