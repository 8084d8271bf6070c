import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type RewardOf } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import { removeCodes } from '~/features/codePools/usecases/removeCodes';
import { uploadCodes } from '~/features/codePools/usecases/uploadCodes';
import { givenCodes } from '~/features/codePools/views/givenCodes';
import { lowPools, poolPage, poolStock } from '~/features/codePools/views/poolPage';
import { uploadRefusalTexts } from '~/i18n/codeFileWords';
import { givenText, refusalText } from '~/i18n/storefrontWords';
import { uuidv7 } from '~/process/uuid';
import type { Deps } from '~/usecases/deps';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines, runsOn } from 'test/support/database';
import { numbers } from 'test/support/unsteady';
import { openWorld, type Tenant, type World } from 'test/support/world';

const anna = asId<PlatformId>('77');
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());

describe.each(engines)('codes of a pool (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  /** A program that gives cinema tickets for a point each; the customers have 300 points each. */
  const offering = async (codes: string, customers: readonly PlatformId[] = [anna]): Promise<Tenant> => {
    const ticket = newReward('pool_code', 'cinema', 'EUR') as RewardOf<'pool_code'>;
    const reward = { ...ticket, name: perTongue(() => 'Cinema'), enabled: true, points: 1, warnAt: 2 };
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    await tenant.settle(
      customers.map((customerId, n) => order({ orderId: n + 1, customerId, lines: [line({ listMinor: 30_000 })] })),
      at('12:01'),
    );
    if (codes !== '') expect(await upload(tenant, codes)).toMatchObject({ ok: true });
    return tenant;
  };
  const upload = (tenant: Tenant, text: string, now = at('12:02')) =>
    uploadCodes(tenant.deps, tenant.store, { poolId: 'cinema', text }, now);
  const wish = (redemptionId: RedemptionId, customerId = anna) => ({
    redemptionId,
    customerId,
    rewardId: 'cinema',
    points: null,
    cart: null,
  });
  const take = (tenant: Tenant, id = newId(), customerId = anna, now = at('12:10')) =>
    redeemReward(tenant.deps, tenant.store, wish(id, customerId), now);
  const codeOf = async ({ deps, store }: Tenant, id: RedemptionId): Promise<string | undefined> =>
    (await givenCodes(deps.database, deps.secrets, store.programId, [id])).get(id);
  const stock = (tenant: Tenant, now = at('12:30')) => poolStock(tenant.deps.database, tenant.store, 'cinema', now);

  test('its page has the name of the reward before it is published, and while it is off', async () => {
    const tenant = await offering('');
    const { deps, store } = tenant;
    const named = async () => (await poolPage(deps.database, store, 'bar', at('12:30'))).names.map(({ en }) => en);
    expect(await named()).toEqual([]);
    const bar = { ...newReward('pool_code', 'bar', 'EUR'), name: perTongue(() => 'A drink') };
    const draft = { document: { ...program(), rewards: [bar] }, basedOn: 1, revision: null };
    expect(await saveDraft(deps, store.programId, draft, 'staff:1', at('12:20'))).toMatchObject({ ok: true });
    expect(await named()).toEqual(['A drink']);
  });

  test('the one that ends soonest is given first, with the points, and only its member can read it', async () => {
    const tenant = await offering('FREE-1\nLATE,2026-12-31\nSOON,2026-06-10\nFREE-2\n');
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const given: (string | undefined)[] = [];
    for (const now of [at('12:10'), at('12:11', 11), at('12:12', 11), at('12:13', 11)]) {
      const id = newId();
      const taken = await take(tenant, id, anna, now);
      if (!taken.ok) throw new Error(taken.error.kind);
      expect(taken.value).toMatchObject({ state: 'used', code: null, points: 1, amountMinor: null });
      given.push(await codeOf(tenant, id));
      if (given.length === 1) {
        // The 10th ends at 22:00 UTC in Rome.
        expect(taken.value.endsAt).toBe(Date.parse('2026-06-10T22:00:00Z'));
        expect(givenText('en', taken.value, 'Europe/Rome', { code: given[0] ?? null, link: null })).toBe(
          'Your code: SOON, good until 10 Jun 2026. You find it in your history, too.',
        );
      }
      if (given.length === 3)
        expect(givenText('it', taken.value, 'Europe/Rome', { code: given[2] ?? null, link: null })).toBe(
          'Il tuo codice: FREE-1. Lo ritrovi anche nel tuo storico.',
        );
    }
    expect(given).toEqual(['SOON', 'LATE', 'FREE-1', 'FREE-2']);
    expect((await tenant.balance(at('13:00', 11))).available).toBe(296);
    const kept = await world.database.prisma.poolCode.findMany({ where: { programId: tenant.store.programId } });
    for (const { code, hash } of kept)
      expect(`${Buffer.from(code).toString('latin1')} ${hash}`).not.toMatch(/FREE|SOON|LATE/);
    await tenant.audit();
  });

  test('without a code left nothing happens; one whose day is over is not given', async () => {
    const tenant = await offering('SOON,2026-06-10\n');
    const late = at('12:10', 11);
    const refused = await take(tenant, newId(), anna, late);
    expect(refused).toEqual({ ok: false, error: { kind: 'sold_out' } });
    expect(refusalText('en', { kind: 'sold_out' })).toBe('Sold out at the moment. Your balance stays.');
    expect((await tenant.balance(late)).available).toBe(300);
    expect(await stock(tenant, late)).toEqual({ free: 0, ended: 1, given: 0, givenLately: 0 });
    expect((await upload(tenant, 'NEW\n', late)).ok).toBe(true);
    expect(await take(tenant, newId(), anna, late)).toMatchObject({ ok: true });
    await tenant.audit();
  });

  test('without the points no code is given', async () => {
    const tenant = await offering('A\n', []);
    const broke = order({ orderId: 9, customerId: asId<PlatformId>('78'), lines: [line({ listMinor: 50 })] });
    await tenant.settle([broke], at('12:01'));
    // Nobody yet, and a member with nothing.
    for (const customerId of [anna, asId<PlatformId>('78')])
      expect(await take(tenant, newId(), customerId)).toMatchObject({
        ok: false,
        error: { kind: 'not_enough_points' },
      });
    expect(await stock(tenant)).toMatchObject({ free: 1, given: 0 });
  });

  test('a file is taken as a whole or not at all; a code that is there already is named by its line', async () => {
    const tenant = await offering('A\nB\n');
    const again = await upload(tenant, 'code\nC\nB\nA\n');
    if (again.ok) throw new Error('it was taken');
    expect(uploadRefusalTexts('en', again.error)).toEqual([
      'Line 3: this code is in the pool already.',
      'Line 4: this code is in the pool already.',
    ]);
    expect(await stock(tenant)).toMatchObject({ free: 2 });
    const both = await Promise.all([upload(tenant, 'D\nE\n'), upload(tenant, 'E\nD\n')]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await stock(tenant)).toMatchObject({ free: 4 });
    // The same code in another program is another one.
    expect((await upload(await offering(''), 'A\n')).ok).toBe(true);
    await take(tenant);
    expect(await removeCodes(tenant.deps, tenant.store.programId, 'cinema')).toBe(3);
    expect(await stock(tenant)).toMatchObject({ free: 0, given: 1 });
  });

  test('the merchant is warned when few are left', async () => {
    const tenant = await offering('A\nB\nC\n');
    const low = () => lowPools(tenant.deps.database, tenant.store, at('13:00'));
    await take(tenant);
    expect(await low()).toEqual([]);
    await take(tenant);
    expect(await low()).toMatchObject([{ poolId: 'cinema', name: { en: 'Cinema' }, free: 1, warnsBelow: 2 }]);
  });

  test('whatever answer is lost, each wish gets one code, and each code goes to one wish', async () => {
    const runs = runsOn(engine, 100);
    const tenant = await offering(Array.from({ length: runs }, (_, n) => `T-${n}`).join('\n'));
    const random = numbers(20_261_127);
    // The process may die before the code is written, or before all of it is committed.
    const dying = (deps: Deps): Deps => ({
      ...deps,
      givers: new Map(
        [...deps.givers].map(([grant, giver]) => [
          grant,
          {
            grant,
            reserve: async (...asked: Parameters<typeof giver.reserve>) => {
              const reserved = await giver.reserve(...asked);
              if (!reserved.ok) return reserved;
              return {
                ok: true as const,
                value: {
                  ...reserved.value,
                  keep: async (tx: Parameters<typeof reserved.value.keep>[0]) => {
                    if (random() < 0.2) throw new Error('died before the code was given');
                    await reserved.value.keep(tx);
                    if (random() < 0.2) throw new Error('died before it was committed');
                  },
                },
              };
            },
          },
        ]),
      ),
    });
    const deps = dying(tenant.deps);
    const given = new Map<RedemptionId, string | undefined>();
    for (let run = 0; run < runs; run += 1) {
      const id = newId();
      // The shopper presses again, with the same id, until an answer comes.
      let answer: Awaited<ReturnType<typeof redeemReward>> | null = null;
      for (let presses = 0; answer === null && presses < 200; presses += 1) {
        const heard = await redeemReward(deps, tenant.store, wish(id), at('12:10')).catch(() => null);
        answer = random() < 0.3 ? null : heard;
      }
      expect(answer).toMatchObject({ ok: true, value: { state: 'used' } });
      given.set(id, await codeOf(tenant, id));
    }
    expect(new Set(given.values()).size).toBe(runs);
    expect([...given.values()].every((code) => code?.startsWith('T-'))).toBe(true);
    expect(await stock(tenant)).toMatchObject({ free: 0, given: runs });
    expect((await tenant.balance(at('13:00'))).available).toBe(300 - runs);
    expect((await tenant.entries()).filter(({ kind }) => kind === 'redeem')).toHaveLength(runs);
    await tenant.audit();
  }, 300_000);

  test('many at once, some twice: as many as there are codes get one, the others keep their points', async () => {
    const customers = Array.from({ length: 20 }, (_, n) => asId<PlatformId>(String(500 + n)));
    const tenant = await offering(Array.from({ length: 12 }, (_, n) => `P-${n}`).join('\n'), customers);
    const wishes = customers.map((customerId) => ({ customerId, id: newId() }));
    const answers = await Promise.all(
      [...wishes, ...wishes.slice(0, 5)].map(({ customerId, id }) => take(tenant, id, customerId)),
    );
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.kind]));
    expect(new Set(refusals)).toEqual(new Set(['sold_out']));
    const codes = await Promise.all(wishes.map(({ id }) => codeOf(tenant, id)));
    const got = codes.filter((code) => code !== undefined);
    expect(got).toHaveLength(12);
    expect(new Set(got).size).toBe(12);
    for (const [index, { customerId }] of wishes.entries())
      expect((await tenant.balance(at('13:00'), customerId)).available).toBe(codes[index] === undefined ? 300 : 299);
    await tenant.audit();
  });

  const many = (count: number, name = 'VOUCHER'): readonly string[] =>
    Array.from({ length: count }, (_, n) => `${name}-${n.toString(36).padStart(10, '0')}`);
  /** The same, but before the statement of that number that writes, something happens. */
  const beforeWrite = ({ deps, ...tenant }: Tenant, number: number, happens: () => Promise<void>): Tenant => {
    let written = 0;
    const prisma = new Proxy(deps.database.prisma, {
      get: (client, name, receiver) => {
        if (name !== '$executeRawUnsafe') return Reflect.get(client, name, receiver) as unknown;
        return async (...statement: Parameters<typeof client.$executeRawUnsafe>) => {
          written += 1;
          if (written === number) await happens();
          return client.$executeRawUnsafe(...statement);
        };
      },
    });
    return { ...tenant, deps: { ...deps, database: { ...deps.database, prisma } } };
  };
  const dies = () => Promise.reject(new Error('died'));

  test('a hundred thousand codes are one file, and others have their turn while it comes', async () => {
    const tenant = await offering('');
    let isGoing = true;
    let answered = 0;
    const others = (async () => {
      for (; isGoing; answered += 1) {
        await tenant.balance(at('12:30'));
        await new Promise((rest) => setTimeout(rest, 5));
      }
    })();
    expect(await upload(tenant, many(100_000).join('\n'))).toEqual({ ok: true, value: 100_000 });
    isGoing = false;
    await others;
    // Where the file holds the database, it is one or two.
    expect(answered).toBeGreaterThan(20);
    expect(await stock(tenant, instant(at('12:30')))).toMatchObject({ free: 100_000 });
  }, 300_000);

  test('a file that stopped half-way goes on when it is sent again, and nothing of it is there twice', async () => {
    const tenant = await offering('OLD\n');
    const text = many(1800).join('\n');
    await expect(upload(beforeWrite(tenant, 3, dies), text)).rejects.toThrow('died');
    expect(await stock(tenant)).toMatchObject({ free: 1001 });
    // Some of what came is given before the rest comes.
    for (let n = 0; n < 3; n += 1) expect(await take(tenant)).toMatchObject({ ok: true });
    // Another file with some of the same codes is refused, and the half one stays as it is.
    const other = await upload(tenant, [...many(2).toReversed(), 'NEW'].join('\n'));
    expect(other).toMatchObject({
      ok: false,
      error: { kind: 'lines', count: 2, problems: [{ line: 1 }, { line: 2 }] },
    });
    expect(await upload(tenant, text)).toEqual({ ok: true, value: 800 });
    expect(await stock(tenant)).toMatchObject({ free: 1798, given: 3 });
    const again = await upload(tenant, text);
    expect(again).toMatchObject({ ok: false, error: { kind: 'lines', count: 1800, isUploaded: true } });
    expect((again.ok ? [] : uploadRefusalTexts('it', again.error)).slice(0, 2)).toEqual([
      'Questo file è già stato caricato: i suoi 1.800 codici sono nella raccolta.',
      'Riga 1: questo codice è già nella raccolta.',
    ]);
    expect(await stock(tenant)).toMatchObject({ free: 1798, given: 3 });
  });

  test('a code that somebody else uploads while a file comes refuses it, and nothing of it stays', async () => {
    const tenant = await offering('OLD\n');
    const codes = many(1300);
    const text = codes.join('\n');
    const meanwhile = async (): Promise<void> => {
      expect(await upload(tenant, `MINE\n${codes[1200]}\n`)).toEqual({ ok: true, value: 2 });
    };
    const refused = await upload(beforeWrite(tenant, 2, meanwhile), text);
    expect(refused).toMatchObject({ ok: false, error: { count: 1, problems: [{ line: 1201, kind: 'in_pool' }] } });
    expect(await stock(tenant)).toMatchObject({ free: 3, given: 0 });
    // The same file at once twice is one file.
    const both = await Promise.all([
      upload(tenant, many(1300, 'X').join('\n')),
      upload(tenant, many(1300, 'X').join('\n')),
    ]);
    expect(both.reduce((sum, one) => sum + (one.ok ? one.value : 0), 0)).toBe(1300);
    expect(await stock(tenant)).toMatchObject({ free: 1303 });
  });
});
