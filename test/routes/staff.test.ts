import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idToken } from 'test/devstore/admin-api/auth';
import { browserAgent, until } from 'test/devstore/storefront/shopper';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';

describe.each(engines)('what staff sends and gets (%s)', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'staff')));
  afterAll(() => door?.close());

  const base = (): string => door.launched.directUrl();
  const post = (
    path: string,
    route: string,
    body: BodyInit,
    contentType?: string,
    token = idToken(door.launched.store),
  ): Promise<Response> =>
    fetch(`${base()}${path}?_data=${encodeURIComponent(route)}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'user-agent': browserAgent,
        authorization: `Bearer ${token}`,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      body,
    });
  const actions = [
    ['/app/settings', 'routes/app.settings'],
    ['/app/health', 'routes/app.health'],
    ['/app/start', 'routes/app.start'],
    ['/app/fulfilment', 'routes/app.fulfilment._index'],
    ['/app/members/import', 'routes/app.members.import'],
    [`/app/members/${randomUUID()}`, 'routes/app.members.$id'],
  ] as const;

  test('texts with zero characters and half characters are stored clean', async () => {
    type Keys = { keys: { name: string }[] };
    expect(
      (await door.merchant.submit('/app/settings', 'routes/app.settings', { intent: 'issue', name: 'a\u0000b 😀' }))
        .status,
    ).toBe(200);
    expect(
      (await door.merchant.data<Keys>('/app/settings', 'routes/app.settings')).keys.map(({ name }) => name),
    ).toContain('ab 😀');
    type Program = { version: number; document: { names: { program: Record<string, string> } } };
    const { version, document } = await door.merchant.data<Program>('/app/program', 'routes/app.program');
    const named = {
      ...document,
      names: { ...document.names, program: { ...document.names.program, en: 'a\ud800\u0000b' } },
    };
    const save = JSON.stringify({ intent: 'save', basedOn: version, revision: null, document: named });
    expect((await post('/app/program', 'routes/app.program._index', save, 'application/json')).status).toBe(200);
    const { draft } = await door.merchant.data<{ draft: Program | null }>('/app/program', 'routes/app.program');
    expect(draft?.document.names.program.en).toBe('a\uFFFDb');
  });
  test('a member is found and corrected with any text', async () => {
    await door.hook('orders/paid', JSON.stringify(door.buy('corrected@example.com')));
    expect(await door.available('corrected@example.com', 89)).toBe(89);
    for (const q of ['corrected', '%00', 'x%00', '%ED%A0%80']) {
      expect([
        q,
        (await door.merchant.data<{ members: unknown[] }>(`/app/members?q=${q}`, 'routes/app.members._index')).members,
      ]).toEqual([q, expect.any(Array)]);
    }
    const { members } = await door.merchant.data<{ members: { memberId: string }[] }>(
      '/app/members?q=corrected',
      'routes/app.members._index',
    );
    const path = `/app/members/${members[0]?.memberId ?? ''}`;
    const form = { intent: 'adjust', wish: randomUUID(), points: '+1', reason: 'so\u0000rry' };
    expect((await door.merchant.submit(path, 'routes/app.members.$id', form)).status).toBe(200);
    expect(
      (await door.merchant.submit(path, 'routes/app.members.$id', { ...form, wish: randomUUID(), reason: '\u0000' }))
        .status,
    ).toBe(422);
    const { entries } = await door.merchant.data<{ entries: { why: { reason?: string } }[] }>(
      path,
      'routes/app.members.$id',
    );
    expect(entries[0]?.why.reason).toBe('sorry');
  });
  test('more than a form or a document can be is 413, what is no form 400, and nothing changes', async () => {
    for (const [path, route] of actions) {
      const large = await post(path, route, new URLSearchParams({ intent: 'issue', name: 'x'.repeat(100_000) }));
      expect([route, large.status]).toEqual([route, 413]);
      const odd = await post(path, route, 'intent=issue', 'text/plain');
      expect([route, odd.status]).toEqual([route, 400]);
      expect((await large.text()) + (await odd.text())).not.toMatch(/Unexpected Server Error|at .+\.js/);
    }
    const document = await post(
      '/app/program',
      'routes/app.program._index',
      `{"intent": "save", "basedOn": 1, "document": "${'x'.repeat(4 * 1024 * 1024)}"}`,
      'application/json',
    );
    expect([document.status, await document.json()]).toMatchObject([413, { refusal: 'too_large' }]);
  });
  test('a file of codes that is none is refused in words; a list that has no name does not exist', async () => {
    const route = ['/app/codes/cinema', 'routes/app.codes.$pool'] as const;
    const upload = (text: unknown) => post(...route, JSON.stringify({ kind: 'upload', text }), 'application/json');
    for (const [body, status] of [
      [await post(...route, '{"kind"', 'application/json'), 400],
      [await upload(5), 422],
      [await upload(''), 422],
      [await upload('A\u0000\nB,tomorrow'), 422],
      [await upload('x'.repeat(31 * 1024 * 1024)), 413],
    ] as const) {
      expect(body.status).toBe(status);
      expect(((await body.json()) as { problems: string[] }).problems.join()).toMatch(/\.$/);
    }
    // What no code can hold is left out; what stands for a lost sign is none of a code.
    expect(await (await upload('A\u0000\nB\ud800')).json()).toEqual({
      problems: ['Line 2: this code has signs that cannot be read. Save the file as CSV in UTF-8.'],
      added: null,
      removed: null,
    });
    expect(await (await upload('A\u0000\nB')).json()).toEqual({ problems: [], added: 2, removed: null });
    for (const name of ['A', 'a b', 'x'.repeat(41)]) {
      const path = `/app/codes/${encodeURIComponent(name)}`;
      expect([name, (await post(path, route[1], '{}', 'application/json')).status]).toEqual([name, 404]);
    }
  });
  test('an import that is no form, is cut off, or says that it is huge', async () => {
    const route = ['/app/members/import', 'routes/app.members.import'] as const;
    const bodies = [
      ['x', 'multipart/form-data', 400],
      ['x', 'multipart/form-data; boundary=b', 422],
      [
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nemail,points\n',
        'multipart/form-data; boundary=b',
        400,
      ],
    ] as const;
    for (const [body, type, status] of bodies) {
      const answer = await post(...route, body, type);
      expect([type, body, answer.status]).toEqual([type, body, status]);
      expect(((await answer.json()) as { refusal: string }).refusal).toMatch(/\.$/);
    }
    const headers = {
      'user-agent': browserAgent,
      authorization: `Bearer ${idToken(door.launched.store)}`,
      'content-type': 'multipart/form-data; boundary=b',
    };
    const [path, name] = route;
    const huge = await door.begin(
      `${path}?_data=${encodeURIComponent(name)}`,
      { ...headers, 'content-length': 300 * 1024 * 1024 },
      '--b',
    );
    expect(huge).toBe(413);
  });
  test('a file with zero characters and half characters in it is read', async () => {
    const form = new FormData();
    const csv = `email,points,note\nnobody@example.com,5,"so\u0000rry ${'😀'.repeat(20)}"\nx,${'😀'.repeat(40)},\n`;
    form.set('file', new Blob([csv]), 'a\u0000b.csv');
    expect((await post('/app/members/import', 'routes/app.members.import', form)).status).toBe(200);
    type Page = { current: { id: string; state: string } | null; problems: { kind: string; found: string }[] };
    const page = await until(
      () => door.merchant.data<Page>('/app/members/import', 'routes/app.members.import'),
      ({ current }) => current?.state === 'ready',
    );
    expect(page.current?.state).toBe('ready');
    await door.merchant.submit('/app/members/import', 'routes/app.members.import', {
      intent: 'discard',
      id: page.current?.id ?? '',
    });
  });
  test('a token that names no shop, two shops or no end is 401', async () => {
    const token = (claims: Readonly<Record<string, unknown>>): string => {
      const [head, body = ''] = idToken(door.launched.store).split('.');
      const made = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), ...claims };
      const text = `${head}.${Buffer.from(JSON.stringify(made)).toString('base64url')}`;
      return `${text}.${createHmac('sha256', door.launched.store.app.apiSecret).update(text).digest('base64url')}`;
    };
    const ask = (claims: Readonly<Record<string, unknown>>): Promise<Response> =>
      post(
        '/app/settings',
        'routes/app.settings',
        new URLSearchParams({ intent: 'issue', name: '' }),
        undefined,
        token(claims),
      );
    expect((await ask({})).status).toBe(422);
    const odd = [
      { dest: 'https://no-shop.example' },
      { dest: 5 },
      { dest: 'x\u0000' },
      { iss: 'https://other.myshopify.com/admin' },
      { exp: undefined },
    ];
    for (const claims of odd) {
      const answer = await ask(claims);
      expect([claims, answer.status, answer.headers.get('x-shopify-retry-invalid-session-request')]).toEqual([
        claims,
        401,
        '1',
      ]);
    }
  });

  test('nobody keeps what is about people, or guesses what it is', async () => {
    const { store } = door.launched;
    const token = { 'user-agent': browserAgent, authorization: `Bearer ${idToken(store)}` };
    const answers = await Promise.all([
      fetch(`${base()}/app/members?_data=routes%2Fapp.members._index`, { headers: token }),
      fetch(`${base()}/app/members?shop=${store.shop.domain}&embedded=1&host=x&id_token=${idToken(store)}`, {
        headers: token,
      }),
      fetch(`${base()}/app/export/entry`, { headers: token }),
      fetch(`${base()}/api/v1/members?customer_id=1`),
      fetch(`${base()}/proxy/balance`),
      door.hook('products/update', '{}'),
      fetch(`${base()}/readyz`),
    ]);
    for (const answer of answers) {
      expect([
        answer.url.replace(/\?.*/, ''),
        answer.headers.get('cache-control'),
        answer.headers.get('x-content-type-options'),
      ]).toEqual([answer.url.replace(/\?.*/, ''), 'no-store', 'nosniff']);
    }
  });
});
