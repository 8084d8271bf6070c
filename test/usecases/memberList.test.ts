import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { labelFact } from '~/core/evaluation/labels';
import { addLabels } from '~/usecases/readLabels';
import { readForecast } from '~/usecases/readForecast';
import { memberList } from '~/views/memberList';
import { cursorText, membersAsked } from '~/views/membersAsked';
import { line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };
const moment = (text: string): Instant => instant(Date.parse(text));
const now = moment('2026-10-10T10:00:00Z');
const document = program({
  segments: [{ id: 'best', name, customerTags: ['VIP', 'Press'] }],
  tiers: {
    metric: 'spend',
    currency: 'EUR',
    window: { kind: 'calendar_year' },
    levels: [
      { id: 'silver', name, threshold: 20_00 },
      { id: 'gold', name, threshold: 40_00 },
    ],
  },
  policies: { expiry: { kind: 'after_months', months: 6, endOfMonth: false } },
});

describe.each(engines)('the list of members on %s', (engine) => {
  let world: World;
  let tenant: Tenant;
  beforeAll(async () => {
    world = await openWorld(engine);
    tenant = await world.tenant({ document });
    // Sixty members with 0 to 9 times 5 points, the last ten of them bought long ago.
    for (let n = 0; n < 60; n += 1) {
      const at = moment(n < 50 ? '2026-09-01T10:00:00Z' : '2026-05-01T10:00:00Z');
      const bought = order({
        ...{ orderId: 100 + n, customerId: asId<PlatformId>(String(500 + n)) },
        ...{ instant: at, createdAt: at, updatedAt: at, lines: [line({ listMinor: (n % 10) * 500 })] },
      });
      await tenant.settle([bought], now);
    }
  });
  afterAll(() => world.close());

  const read = (address: string) => {
    const { asked, misread } = membersAsked(new URLSearchParams(address));
    return memberList(tenant.deps.database, tenant.shop, tenant.store, asked, now).then((list) => ({
      ...list,
      misread: misread || list.groupUnknown,
    }));
  };
  const all = async (address: string) => {
    const found: Awaited<ReturnType<typeof read>>['members'][number][] = [];
    for (let after = ''; ;) {
      const page = await read(`${address}&after=${after}`);
      found.push(...page.members);
      if (page.next === null) return found;
      after = encodeURIComponent(cursorText(page.next));
    }
  };
  const balances = async (address: string) => (await all(address)).map(({ available }) => available);

  test.each(['newest', 'oldest', 'balance_desc', 'balance_asc'])('shows everybody once, sorted by %s', async (sort) => {
    const members = await all(`sort=${sort}`);
    expect(new Set(members.map(({ memberId }) => memberId)).size).toBe(60);
    expect(members).toHaveLength(60);
    const keys = members.map(({ available, memberId }) => ({ available, memberId }));
    const turn = sort === 'oldest' || sort === 'balance_asc' ? 1 : -1;
    const sorted = [...keys].sort((a, b) =>
      sort.startsWith('balance') && a.available !== b.available
        ? (a.available - b.available) * turn
        : (a.memberId < b.memberId ? -1 : 1) * (sort === 'oldest' ? 1 : -1),
    );
    expect(keys).toEqual(sorted);
  });
  test('keeps its filters on every page', async () => {
    expect(await balances('tier=gold&sort=balance_asc')).toEqual([...Array(6).fill(40), ...Array(6).fill(45)]);
    expect(await all('tier=-')).toHaveLength(24);
    expect(new Set(await balances('min=10&max=15'))).toEqual(new Set([10, 15]));
    expect(await all('min=10')).toHaveLength(48);
    expect(await all('min=10&max=15&tier=-')).toHaveLength(12);
    // Points of 1 May lapse on 1 November: of the last ten members, all but the one with 0.
    expect(await all('view=lapsing')).toHaveLength(9);
    expect(await all('view=lapsing&tier=gold')).toHaveLength(2);
    expect(await all('view=owing')).toHaveLength(0);
  });
  test('searches within the filters', async () => {
    const everybody = await read('q=a');
    const gold = await read('q=a&tier=gold');
    expect(everybody.members.length).toBeGreaterThanOrEqual(gold.members.length);
    expect(gold.members.every(({ tier }) => tier === 'gold')).toBe(true);
  });
  test('finds whose order or customer number it is, and says how many members there are', async () => {
    const found = async (q: string) => {
      const { members, total } = await read(`q=${encodeURIComponent(q)}`);
      expect(total).toBe(members.length);
      return members.map(({ card }) => card?.customerId);
    };
    expect(await found('#107')).toEqual(['507']);
    expect(await found('107')).toEqual(['507']);
    expect(await found('507')).toContain('507');
    expect(await found('#10')).toEqual([]);
    expect((await read('')).total).toBe(60);
    expect((await read('min=10&max=15&tier=-')).total).toBe(12);
  });
  test('segments are those whose last known tags say so, together with the other filters', async () => {
    const tag = (customer: number, kind: 'added' | 'removed' | 'read', labels: readonly string[], day: number) =>
      addLabels(tenant.deps.database, [{ ...tenant.store, customerId: asId<PlatformId>(String(customer)) }], () =>
        labelFact(kind, labels, moment(`2026-09-0${day}T00:00:00Z`)),
      );
    await tag(505, 'added', ['vip'], 1);
    await tag(507, 'read', ['Press', 'other'], 1);
    await tag(508, 'added', ['vip'], 1);
    await tag(508, 'removed', ['vip'], 3);
    await tag(509, 'added', ['vip'], 1);
    await tag(509, 'read', ['other'], 2);
    await tag(511, 'removed', ['press'], 2);
    await tag(511, 'added', ['press'], 3);
    await tag(512, 'added', ['other'], 1);
    const customers = async (address: string) => (await all(address)).map(({ card }) => card?.customerId ?? '').sort();
    expect(await customers('segment=best')).toEqual(['505', '507', '511']);
    expect(await customers('segment=best&min=10')).toEqual(['505', '507']);
    expect(await customers('segment=best&tier=silver&max=25')).toEqual(['505']);
    expect(await all('segment=best&view=lapsing')).toEqual([]);
    expect((await read('q=customer&segment=best')).members.length).toBeLessThanOrEqual(3);
  });
  test.each([
    'segment=none',
    'segment=%27;--',
    'tier=platinum',
    'tier=%27;--',
    'min=abc',
    'max=1e9',
    'min=99999999999999999999',
    'min=9&max=3',
    'view=x',
    'sort=name',
    'after=x',
    'after=00000000-0000-7000-8000-000000000001',
    'after=~5',
  ])('leaves out what makes no sense, and says so: %s', async (address) => {
    const list = await read(address);
    expect(list.misread).toBe(true);
    expect(list.members).toHaveLength(25);
  });
  test('a member’s forecast is that of the tier', async () => {
    const [member] = (await read('tier=silver&min=30&max=30')).members;
    const key = { programId: tenant.store.programId, memberId: member?.memberId ?? asId<MemberId>('') };
    expect(await readForecast(tenant.deps, key, now)).toMatchObject({
      tierId: 'silver',
      keptUntil: '2027-12-31',
      next: { tierId: 'gold', missing: 10_00, by: '2026-12-31' },
    });
  });
});
