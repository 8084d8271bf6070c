import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchesOf } from '~/features/pointFiles/db/imports';
import { discardImport } from '~/features/pointFiles/usecases/decideImport';
import { at } from 'test/support/builders';
import { engines } from 'test/support/database';
import { importsOf } from 'test/support/imports';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00', 15);
const [ada, beppe] = ['ada@example.test', 'beppe@example.test'];

type Reading = {
  /** Points by customer: 7001 is Ada, 7002 Beppe. */
  readonly points: Readonly<Record<string, number>>;
  readonly ignored?: readonly string[];
  readonly problems?: readonly (readonly [number, string, string])[];
  readonly encoding?: string;
  readonly hasHeader?: boolean;
  readonly zeros?: number;
  /** Lines that say nothing. */
  readonly silent?: number;
  readonly expires?: string;
  readonly note?: string;
};

const utf16 = (text: string, order: 'le' | 'be', mark = true): Uint8Array => {
  const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** Files as other programs write them, and what each says. */
const files: readonly (readonly [program: string, file: string | Uint8Array, reading: Reading])[] = [
  [
    'EasyPoints',
    `email,points,expiration_extension\n${ada},1500,True\n`,
    { points: { 7001: 1500 }, ignored: ['expiration_extension'] },
  ],
  [
    'a spreadsheet as Unicode text',
    utf16(`Email\tPoints\n${ada}\t12\n`, 'le'),
    { points: { 7001: 12 }, encoding: 'utf-16le' },
  ],
  [
    'the same the other way round',
    utf16(`Email\tPoints\r\n${ada}\t12\r\n`, 'be'),
    { points: { 7001: 12 }, encoding: 'utf-16be' },
  ],
  [
    'the same without a mark',
    utf16(`Email;Punti\n${ada};12\n`, 'le', false),
    { points: { 7001: 12 }, encoding: 'utf-16le' },
  ],
  ['Flycart', `user_email,points\n${ada},1500\n`, { points: { 7001: 1500 } }],
  [
    'Growave: points with decimals are not rounded behind anybody’s back',
    `Shopify ID,Email,Points,Birthday\n7001,${ada},3.56,1990-05-01\n7002,${beppe},4.00,\n`,
    { points: { 7002: 4 }, ignored: ['Birthday'], problems: [[2, 'bad_points', '3.56']] },
  ],
  [
    'Growave without an address',
    'Shopify ID,Email,Points,Birthday\n7001,,9,\n',
    { points: { 7001: 9 }, ignored: ['Birthday'] },
  ],
  [
    'Influence.io',
    `Email,Points,Action\n${ada},1500,Platform Migration\n`,
    { points: { 7001: 1500 }, ignored: ['Action'] },
  ],
  [
    'Joy',
    `Name,Email,Point,Lifetime point,Tier,Birthday\nAda,${ada},250,900,Gold,1990-05-01\n`,
    { points: { 7001: 250 }, ignored: ['Name', 'Lifetime point', 'Tier', 'Birthday'] },
  ],
  [
    'Windows-1252',
    Buffer.from(
      `Nome;Email;Points;nota\nNiccolò;${ada};12;perché – 5 €\n`.replace('–', '\x96').replace('€', '\x80'),
      'latin1',
    ),
    { points: { 7001: 12 }, ignored: ['Nome'], encoding: 'windows-1252', note: 'perché – 5 €' },
  ],
  ['Loloyal', `Email,Points\n${ada},1500\n`, { points: { 7001: 1500 } }],
  ['LoyaltyLion', `email,points\n${ada},1200\n`, { points: { 7001: 1200 } }],
  [
    'LoyaltyLion without a header',
    `${ada},1200\n${beppe},40\n`,
    { points: { 7001: 1200, 7002: 40 }, hasHeader: false },
  ],
  ['Odoo', `Partner,Email,Points\nAda,${ada},106.0\n`, { points: { 7001: 106 }, ignored: ['Partner'] }],
  [
    'RewardsWP: a WordPress number beside the address says nothing',
    `member_id,user_id,email,first_name,last_name,referral_code,status,points,note\n` +
      `,17,${ada},Ada,Neri,,active,250,benvenuta\n`,
    {
      points: { 7001: 250 },
      ignored: ['member_id', 'user_id', 'first_name', 'last_name', 'referral_code', 'status'],
      note: 'benvenuta',
    },
  ],
  [
    'Rivo: no number is no 0',
    `Email,Points Balance,Birthdate,VIP Tier,Activation Date,Credits Balance\n` +
      `${ada},1200,1990-05-01,Gold,2024-01-01,3.50\n${beppe},,1991-01-01,,,12.00\n`,
    { points: { 7001: 1200 }, ignored: ['Birthdate', 'VIP Tier', 'Activation Date', 'Credits Balance'], silent: 1 },
  ],
  [
    'Rivyo: an end of the points is kept, by the order of day and month that the file shows',
    `Email,Points Balance,Birthdate,Points Expiry,Created At\n` +
      `${beppe},30,,05-06-2027,\n${ada},1200,01-05-1990,31-12-2026,15-03-2025\n`,
    {
      points: { 7001: 1200, 7002: 30 },
      ignored: ['Birthdate', 'Created At'],
      expires: '2026-12-31T23:00:00.000Z,2027-06-05T22:00:00.000Z',
    },
  ],
  [
    'dates of which nobody can tell day and month',
    `Email,Points,Points Expiry\n${beppe},30,05/06/2027\n${ada},1,06/07/2027\n`,
    {
      points: {},
      problems: [
        [2, 'unclear_date', '05/06/2027'],
        [3, 'unclear_date', '06/07/2027'],
      ],
    },
  ],
  [
    'dates that contradict each other',
    `Email,Points,Expiry date\n${beppe},30,05/06/2027\n${ada},1,31/12/2026\n${ada},1,12/31/2026\n`,
    {
      points: { 7001: 1 },
      problems: [
        [2, 'unclear_date', '05/06/2027'],
        [4, 'repeated', '3'],
      ],
    },
  ],
  [
    'Rymera, YITH',
    `email,points,collected,used\n${ada},300,500,200\n`,
    { points: { 7001: 300 }, ignored: ['collected', 'used'] },
  ],
  [
    'a spreadsheet in Italian: what the point means nobody can tell',
    `\uFEFFEmail;Points Balance\n${ada};1.250\n${beppe};40\n`,
    { points: { 7002: 40 }, problems: [[2, 'separator', '1.250']] },
  ],
  ['sep=;', `sep=;\nEmail;Points\n${ada};12\n`, { points: { 7001: 12 } }],
  [
    'sep=; behind a mark, with commas in the header',
    `\uFEFFsep=;\r\nEmail;Points;"a,b,c,d"\r\n${ada};12;\r\n`,
    { points: { 7001: 12 }, ignored: ['a,b,c,d'] },
  ],
  ['Smile.io', `email,points\n${ada},1200\n${beppe},0\n`, { points: { 7001: 1200 }, zeros: 1 }],
  [
    'Stamped',
    `first_name,last_name,email,points,birthday,vip_tier,vip_tier_end_date\n` +
      `Ada,Neri,${ada},5000,1990-10-24,Gold,2027-06-14\n`,
    { points: { 7001: 5000 }, ignored: ['first_name', 'last_name', 'birthday', 'vip_tier', 'vip_tier_end_date'] },
  ],
  [
    'Stamped, points to add',
    `first_name,last_name,email,points,add_points,birthday,vip_tier\n` +
      `Ada,Neri,${ada},,1000,1990-10-24,Gold\nB,B,${beppe},5,6,,\n`,
    {
      points: { 7001: 1000 },
      ignored: ['first_name', 'last_name', 'birthday', 'vip_tier'],
      problems: [[3, 'two_amounts', '5, 6']],
    },
  ],
  [
    'WooCommerce Points and Rewards',
    `Customer,Email,Points balance\nAda,${ada},"1,250"\n`,
    { points: {}, ignored: ['Customer'], problems: [[2, 'separator', '1,250']] },
  ],
  [
    'WPSwings: its customer_id is not this shop’s',
    `email,points,customer_id,reason,date\n${ada},1500,123,Imported,2025-01-01\n`,
    { points: { 7001: 1500 }, ignored: ['reason', 'date'] },
  ],
  ['YITH by e-mail', `email;points\n${ada};1500\n`, { points: { 7001: 1500 } }],
  [
    'Yotpo: a negative balance waits for consent',
    `Full Name,First Name,Last Name,Email,Points Balance,Points Spent,Birthday (MM/DD),Opted In\n` +
      `Ada Neri,Ada,Neri,${ada},-50,300,05/01,true\nBeppe Blu,Beppe,Blu,${beppe},120,0,,true\n`,
    {
      points: { 7002: 120 },
      ignored: ['Full Name', 'First Name', 'Last Name', 'Points Spent', 'Birthday (MM/DD)', 'Opted In'],
      problems: [[2, 'negative_balance', '-50']],
    },
  ],
  ['an old Mac', `email,points\r${ada},5\r${beppe},6\r`, { points: { 7001: 5, 7002: 6 } }],
  ['Italian headers', `E-Mail;Punti disponibili\n${ada};12\n`, { points: { 7001: 12 } }],
  [
    'Italian headers in words',
    `Posta elettronica,PUNTI,Scadenza\n${ada},12,31.12.2026\n`,
    { points: { 7001: 12 }, expires: '2026-12-31T23:00:00.000Z' },
  ],
  ['German headers', `E-Mail-Adresse;Verfügbare Punkte\n${ada};12\n`, { points: { 7001: 12 } }],
  ['German headers, vague', `Kunden-E-Mail;Guthaben\n${ada};12\n`, { points: { 7001: 12 } }],
  ['French headers', `Adresse électronique;Solde de points\n${ada};12\n`, { points: { 7001: 12 } }],
  ['French headers, short', `courriel|solde\n${ada}|12\n`, { points: { 7001: 12 } }],
  ['Spanish headers', `Correo electrónico;Saldo de puntos\n${ada};12\n`, { points: { 7001: 12 } }],
  ['Spanish headers, short', `CORREO;puntos\n${ada};12\n`, { points: { 7001: 12 } }],
];

/** Files that are refused as a whole: the sentence of each kind says what to do. */
const refusals: readonly (readonly [
  file: string,
  content: string | Uint8Array,
  error: { readonly kind: string; readonly found?: string },
])[] = [
  ['Loloyal by phone', 'Phone,Points\n+390612345678,1500\n', { kind: 'phone_only', found: 'Phone' }],
  ['YITH by its own number', 'user_id;points\n17;1500\n', { kind: 'foreign_ids', found: 'user_id' }],
  ['WooRewards', `[ { "email":"${ada}", "points":"190" } ]\n`, { kind: 'json_file' }],
  ['JSON over several lines', `[\n  {\n    "email": "${ada}"\n  }\n]\n`, { kind: 'json_file' }],
  ['a workbook', Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000', 'latin1'), { kind: 'workbook' }],
  ['people without points', 'email,tier\na@b.example,Gold\n', { kind: 'no_points_column', found: 'email, tier' }],
  ['points of nobody', 'name,points\nAda,5\n', { kind: 'unknown_columns', found: 'name, points' }],
  ['data at once, three columns', `${ada},Ada,1200\n`, { kind: 'no_header', found: `${ada}, Ada, 1200` }],
  [
    'two numbers that may be the points',
    'email,points,balance\na@b.example,1,2\n',
    { kind: 'several_columns', found: 'points, balance' },
  ],
  [
    'two balances',
    'email,points balance,Available points\na@b.example,1,2\n',
    { kind: 'several_columns', found: 'points balance, Available points' },
  ],
];

describe.each(engines)('files of other programs, on %s', (engine) => {
  let world: World;
  let tenant: Tenant;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const shop = async (): Promise<Tenant> => {
    tenant = await world.tenant();
    tenant.shop.putCustomer('7001', { email: ada });
    tenant.shop.putCustomer('7002', { email: beppe });
    return tenant;
  };

  test.each(files)('%s', async (_, file, expected) => {
    const { look } = importsOf(await shop(), now);
    const { batch, problems } = await look(file);
    const lines = await tenant.deps.database.prisma.importLine.findMany({
      where: { programId: tenant.store.programId, problem: null, points: { not: 0 } },
      orderBy: { expiresAt: 'asc' },
    });
    expect(
      Object.fromEntries(lines.map(({ kind, value, points }) => [kind === 'customer' ? value : kind, Number(points)])),
    ).toEqual(expected.points);
    expect(problems).toEqual(expected.problems ?? []);
    expect(batch.reading?.ignored).toEqual(expected.ignored ?? []);
    expect(batch.reading?.encoding).toBe(expected.encoding ?? 'utf-8');
    expect(batch.reading?.hasHeader).toBe(expected.hasHeader ?? true);
    expect(batch.zeros).toBe(expected.zeros ?? 0);
    expect(batch.lines - batch.good - batch.bad - batch.zeros).toBe(expected.silent ?? 0);
    if (expected.expires !== undefined)
      expect(lines.map(({ expiresAt }) => expiresAt?.toISOString()).join(',')).toBe(expected.expires);
    if (expected.note !== undefined) expect(lines[0]?.note).toBe(expected.note);
  });

  test.each(refusals)('%s: refused, and nothing is left behind', async (_, file, error) => {
    const { read } = importsOf(await shop(), now);
    expect(await read(file)).toEqual({ ok: false, error });
    expect(await batchesOf(tenant.deps.database.prisma, tenant.store.programId, 10)).toEqual([]);
  });

  test('our own columns: an id of this shop decides; one it does not have leaves it to the address', async () => {
    const { look } = importsOf(await shop(), now);
    tenant.shop.strangers.add('555').add('556').add('x9');
    const { problems } = await look(
      `customer_id,email,points\n` +
        `7001,${beppe},1\n555,${beppe},2\n556,new@example.test,3\nx9,nobody@example.test,4\n555,,5\n`,
    );
    const lines = await tenant.deps.database.prisma.importLine.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { line: 'asc' },
    });
    const { hashEmail } = tenant.deps.secrets;
    expect(lines.map(({ kind, value, contact }) => [kind, value, contact])).toEqual([
      ['customer', '7001', null],
      ['customer', '7002', null],
      ['email', hashEmail('new@example.test'), null],
      ['email', hashEmail('nobody@example.test'), null],
      ['customer', '555', null],
    ]);
    expect(problems).toEqual([[6, 'unknown_customer', '555']]);
  });

  test('another program’s customer_id gives nobody else the points, even of the same number', async () => {
    const { look } = importsOf(await shop(), now);
    await look(`email,points,customer_id,reason\n${ada},1500,7002,Imported\nnew@example.test,4,7002,Imported\n`);
    const lines = await tenant.deps.database.prisma.importLine.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { line: 'asc' },
    });
    expect(lines.map(({ kind, value }) => [kind, value])).toEqual([
      ['customer', '7001'],
      ['email', tenant.deps.secrets.hashEmail('new@example.test')],
    ]);
  });

  test('the first lines are shown as they were read, addresses hidden in part, until it is decided', async () => {
    const { look, batchOf } = importsOf(await shop(), now);
    const { id, batch } = await look(
      `Email;Punti;Scadenza;nota\n${ada};12;31/12/2026;ciao\n<script>alert(1)</script>@x.com;5;;\n${beppe};;;\n`,
    );
    expect(batch.reading).toMatchObject({ delimiter: ';', dateOrder: 'day_first' });
    expect(batch.reading?.used).toEqual([
      { name: 'Email', as: 'email' },
      { name: 'Punti', as: 'points' },
      { name: 'Scadenza', as: 'expires_at' },
      { name: 'nota', as: 'note' },
    ]);
    expect(batch.reading?.sample).toEqual([
      {
        line: 2,
        who: 'a…@example.test',
        points: 12,
        from: null,
        until: Date.parse('2026-12-31T23:00:00Z'),
        note: 'ciao',
      },
      { line: 3, problem: { kind: 'bad_email', found: '' } },
      { line: 4, says: 'nothing' },
    ]);
    await discardImport(tenant.deps, tenant.store, id);
    expect((await batchOf(id)).reading?.sample).toEqual([]);
  });
});
