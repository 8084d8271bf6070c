import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { mergeDocuments } from '~/core/program/merge';
import { instant, type Instant } from '~/core/values/instant';
import { draftOf, replacedDraftsOf } from '~/db/drafts';
import { currentProgram, newestVersions } from '~/db/programs';
import { discardDraft } from '~/usecases/drafts/discardDraft';
import { forgetDrafts } from '~/usecases/drafts/forgetDrafts';
import type { ThingChoices } from '~/core/program/thingsNamed';
import { importDocument } from '~/usecases/drafts/importDocument';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { publishScheduled } from '~/usecases/drafts/publishScheduled';
import { restoreVersion } from '~/usecases/drafts/restoreVersion';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { scheduleDraft } from '~/usecases/drafts/scheduleDraft';
import { unscheduleDraft } from '~/usecases/drafts/unscheduleDraft';
import { publishProgram } from '~/usecases/publishProgram';
import { settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const minutes = (moment: Instant, count: number): Instant => instant(moment + count * 60_000);
const now = at('12:00');
const twoPoints = program({ rate: [2, 100] });
const held: ProgramDocument = { ...program(), earning: { ...program().earning, holdDays: 14 } };
const wrong: ProgramDocument = { ...twoPoints, earning: { ...twoPoints.earning, holdDays: Number.NaN } };

describe.each(engines)('the draft of a program, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const save = (
    { deps, store }: Tenant,
    document: unknown,
    revision: number | null,
    { basedOn = 1, by = 'staff:anna', when = now } = {},
  ) => saveDraft(deps, store.programId, { document, basedOn, revision }, by, when);
  const draft = ({ deps, store }: Tenant) => draftOf(deps.database.prisma, store.programId);
  const inForce = ({ deps, store }: Tenant) => currentProgram(deps.database.prisma, store.programId);
  const versions = async ({ deps, store }: Tenant) =>
    (await newestVersions(deps.database.prisma, store.programId, 10)).map(({ version }) => version);
  const replaced = async ({ deps, store }: Tenant) =>
    (await replacedDraftsOf(deps.database.prisma, store.programId, 10)).map(({ revision }) => revision);

  test('is made by the first save, errors or not, and an unreadable number does not become "none"', async () => {
    const tenant = await world.tenant();
    const [five] = wrong.rewards;
    const unread = { ...wrong, rewards: [{ ...five, minimumSubtotalMinor: Number.NaN }] };
    expect(await save(tenant, unread, null)).toEqual({ ok: true, value: { revision: 1 } });
    const saved = await draft(tenant);
    expect(saved).toMatchObject({ revision: 1, basedOn: 1, by: 'staff:anna', savedAt: now, scheduledFor: null });
    expect(saved?.document.earning.holdDays).toBe('');
    expect(saved?.document.rewards[0]).toMatchObject({ minimumSubtotalMinor: '' });
    expect(await versions(tenant)).toEqual([1]);
  });

  test('two of staff at once: the second is refused and gets the newer draft; nothing is lost', async () => {
    const tenant = await world.tenant();
    const [anna, bruno] = await Promise.all([
      save(tenant, twoPoints, null),
      save(tenant, held, null, { by: 'staff:bruno' }),
    ]);
    expect([anna.ok, bruno.ok].sort()).toEqual([false, true]);
    const [refused, mine] = anna.ok ? [bruno, held] : [anna, twoPoints];
    if (refused.ok || refused.error.kind !== 'draft_changed') throw new Error('the second save was not refused');
    const newer = refused.error.draft;
    if (newer === null) throw new Error('the refusal has no draft');
    const { document, conflicts } = mergeDocuments(program(), newer.document, mine);
    expect(conflicts).toEqual([]);
    expect((await save(tenant, document, newer.revision)).ok).toBe(true);
    const both = await draft(tenant);
    expect([both?.document.earning.rates[0]?.points, both?.document.earning.holdDays]).toEqual([2, 14]);
  });

  test('what says the same as the version in force needs no draft, whichever way it comes', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await publishProgram(deps, store.programId, { document: twoPoints, basedOn: 1, by: 'staff:anna' }, now);
    const text = JSON.stringify(twoPoints);
    const ways = [
      (seen: number) => save(tenant, twoPoints, seen, { basedOn: 2 }),
      (seen: number) => importDocument(deps, store.programId, { text, choices: [], seen }, 'staff:anna', now),
      (seen: number) =>
        restoreVersion(deps, store.programId, { what: { kind: 'version', number: 2 }, seen }, 'staff:anna', now),
    ];
    for (const way of ways) {
      const begun = await save(tenant, held, null, { basedOn: 2 });
      const seen = begun.ok ? (begun.value.revision ?? 0) : 0;
      for (const time of ['first', 'again'])
        expect(await way(seen), time).toMatchObject({ ok: true, value: { revision: null } });
      expect(await draft(tenant)).toBeNull();
      expect(await replaced(tenant)).toContain(seen);
    }
    expect(await versions(tenant)).toEqual([2, 1]);
  });

  test('publishing takes a while: orders of that while, settled by the version before, are derived again', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await save(tenant, twoPoints, null);
    // It was asked for at a moment; this order was placed and settled until it was done.
    const bought = order({ instant: minutes(now, 1), createdAt: minutes(now, 1), lines: [line({ listMinor: 5000 })] });
    await tenant.settle([bought], minutes(now, 1));
    const told: OrderMessage[] = [];
    const enqueue: typeof deps.enqueue = async (effects) => {
      told.push(...effects.flatMap((effect) => (settleOrderLater.is(effect) ? [effect] : [])));
    };
    expect((await publishDraft({ ...deps, enqueue }, store.programId, 1, 'staff:anna', now)).ok).toBe(true);
    await settleOrders(deps, told, minutes(now, 2));
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([50, 50]);
    await tenant.audit();
  });

  test('a save that is sent again is done once', async () => {
    const tenant = await world.tenant();
    for (let n = 0; n < 3; n += 1)
      expect(await save(tenant, twoPoints, null)).toEqual({ ok: true, value: { revision: 1 } });
    expect(await replaced(tenant)).toEqual([]);
  });

  test('whatever is sent again is done once, although it was published meanwhile', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await save(tenant, twoPoints, null);
    await publishDraft(deps, store.programId, 1, 'staff:bruno', now);
    expect(await save(tenant, twoPoints, null)).toEqual({ ok: true, value: { revision: null } });
    expect(await draft(tenant)).toBeNull();
    // What is in force is not discarded, and nobody is told so.
    expect(await discardDraft(deps, store.programId, 1, now)).toMatchObject({
      ok: false,
      error: { kind: 'draft_changed', draft: null },
    });
    const first = { what: { kind: 'version', number: 1 }, seen: null } as const;
    const file = { text: JSON.stringify(held), choices: [], seen: 2 };
    for (let n = 0; n < 2; n += 1)
      expect(await restoreVersion(deps, store.programId, first, 'staff:anna', now)).toMatchObject({
        ok: true,
        value: { revision: 2 },
      });
    for (let n = 0; n < 2; n += 1)
      expect(await importDocument(deps, store.programId, file, 'staff:anna', now)).toMatchObject({
        ok: true,
        value: { revision: 3 },
      });
    expect(await replaced(tenant)).toEqual([2]);
  });

  test('what says the same as the published version is no draft, and numbers are never used again', async () => {
    const tenant = await world.tenant();
    await save(tenant, twoPoints, null);
    expect(await save(tenant, program(), 1)).toEqual({ ok: true, value: { revision: null } });
    expect(await draft(tenant)).toBeNull();
    expect(await save(tenant, held, null)).toEqual({ ok: true, value: { revision: 2 } });
    // Whoever still has the first one open does not save over the second.
    expect(await save(tenant, twoPoints, 1)).toMatchObject({ ok: false, error: { kind: 'draft_changed' } });
    expect(await replaced(tenant)).toEqual([1]);
  });

  test('is refused when no page could show it, when it is too large, and on a version that is none', async () => {
    const tenant = await world.tenant();
    const broken = [
      { ...twoPoints, names: undefined },
      { ...twoPoints, colour: 'red' },
      { ...twoPoints, rewards: [{ kind: 'unicorn' }] },
      { ...twoPoints, earning: { ...twoPoints.earning, holdDays: {} } },
      null,
      'x',
    ];
    for (const document of broken)
      expect(await save(tenant, document, null)).toMatchObject({ ok: false, error: { kind: 'not_a_document' } });
    const productIds = Array.from({ length: 30_000 }, (_, index) => String(10 ** 19 + index));
    const large = {
      ...twoPoints,
      earning: { ...twoPoints.earning, exclude: { ...twoPoints.earning.exclude, productIds } },
    };
    expect(await save(tenant, large, null)).toMatchObject({ ok: false, error: { kind: 'too_large' } });
    for (const basedOn of [0, 2]) expect(await save(tenant, twoPoints, null, { basedOn })).toMatchObject({ ok: false });
    expect(await draft(tenant)).toBeNull();
  });

  test('is discarded, kept for thirty days, brought back from there, and then forgotten', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await save(tenant, twoPoints, null);
    expect((await discardDraft(deps, store.programId, 7, now)).ok).toBe(false);
    for (let n = 0; n < 2; n += 1) expect((await discardDraft(deps, store.programId, 1, now)).ok).toBe(true);
    expect([await draft(tenant), await replaced(tenant)]).toEqual([null, [1]]);
    const back = { kind: 'draft', number: 1 } as const;
    expect((await restoreVersion(deps, store.programId, { what: back, seen: null }, 'staff:anna', now)).ok).toBe(true);
    expect((await draft(tenant))?.document).toEqual(twoPoints);
    await forgetDrafts(deps, minutes(now, 30 * 1440 - 1));
    expect(await replaced(tenant)).toEqual([1]);
    await forgetDrafts(deps, minutes(now, 30 * 1440 + 1));
    expect(await replaced(tenant)).toEqual([]);
    expect(await restoreVersion(deps, store.programId, { what: back, seen: 2 }, 'staff:anna', now)).toMatchObject({
      ok: false,
      error: { kind: 'not_there' },
    });
  });

  test('is published by one press or two at once as one version; earlier orders keep theirs', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await tenant.settle([order({ orderId: 1, instant: at('11:00'), lines: [line({ listMinor: 5000 })] })], now);
    await save(tenant, twoPoints, null);
    const answers = await Promise.all([1, 2].map(() => publishDraft(deps, store.programId, 1, 'staff:anna', now)));
    for (const answer of [...answers, await publishDraft(deps, store.programId, 1, 'staff:anna', now)])
      expect(answer).toEqual({ ok: true, value: { version: 2, kept: [] } });
    expect([await versions(tenant), await draft(tenant)]).toEqual([[2, 1], null]);
    await tenant.settle([order({ orderId: 2, instant: at('12:30'), lines: [line({ listMinor: 5000 })] })], at('13:00'));
    expect((await tenant.entries()).map(({ points }) => points)).toEqual([50, 100]);
  });

  test('with errors, changed since it was seen, or behind the published version it is not published', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    const publish = (revision: number) => publishDraft(deps, store.programId, revision, 'staff:anna', now);
    await save(tenant, wrong, null);
    expect(await publish(1)).toMatchObject({
      ok: false,
      error: { kind: 'not_a_document', issues: [{ path: 'earning.holdDays' }] },
    });
    expect(await publish(9)).toMatchObject({ ok: false, error: { kind: 'draft_changed', draft: { revision: 1 } } });
    await save(tenant, twoPoints, 1);
    await publishProgram(deps, store.programId, { document: held, basedOn: 1, by: 'staff:bruno' }, now);
    expect(await publish(2)).toEqual({ ok: false, error: { kind: 'apart', version: 2 } });
    // Put together, it is on top of the newer version.
    const { document } = mergeDocuments(program(), held, twoPoints);
    expect((await save(tenant, document, 2, { basedOn: 2 })).ok).toBe(true);
    expect(await publish(3)).toEqual({ ok: true, value: { version: 3, kept: [] } });
    expect((await inForce(tenant))?.document.earning).toMatchObject({ holdDays: 14, rates: [{ points: 2 }] });
  });

  describe('that publishes itself', () => {
    const planned = minutes(now, 60);
    const scheduled = async (document = twoPoints): Promise<Tenant> => {
      const tenant = await world.tenant();
      await save(tenant, document, null);
      const wish = { revision: 1, at: planned };
      const { deps, store } = tenant;
      expect(await scheduleDraft(deps, store.programId, wish, 'staff:anna', now)).toMatchObject({ ok: true });
      return tenant;
    };

    test('is asked for 5 minutes to a year ahead, without errors; locks the draft until taken off', async () => {
      const tenant = await world.tenant();
      const { deps, store } = tenant;
      const schedule = (when: Instant, revision = 1) =>
        scheduleDraft(deps, store.programId, { revision, at: when }, 'staff:anna', now);
      await save(tenant, wrong, null);
      expect(await schedule(planned)).toMatchObject({ ok: false, error: { kind: 'not_a_document' } });
      await save(tenant, twoPoints, 1);
      for (const [when, kind] of [
        [minutes(now, 4), 'too_soon'],
        [minutes(now, 367 * 1440), 'too_late'],
      ] as const)
        expect(await schedule(when, 2)).toEqual({ ok: false, error: { kind } });
      for (let n = 0; n < 2; n += 1) expect((await schedule(minutes(now, 5), 2)).ok).toBe(true);
      const { programId } = store;
      const attempts = [
        await save(tenant, held, 2),
        await discardDraft(deps, programId, 2, now),
        await publishDraft(deps, programId, 2, 'staff:anna', now),
        await schedule(planned, 2),
        await restoreVersion(deps, programId, { what: { kind: 'version', number: 1 }, seen: 2 }, 'staff:anna', now),
        await importDocument(deps, programId, { text: JSON.stringify(held), choices: [], seen: 2 }, 'staff:anna', now),
      ];
      for (const attempt of attempts)
        expect(attempt).toEqual({ ok: false, error: { kind: 'scheduled', at: minutes(now, 5) } });
      expect((await unscheduleDraft(deps, programId, 2)).ok).toBe(true);
      expect((await save(tenant, held, 2)).ok).toBe(true);
      await publishScheduled(deps, planned);
      expect(await versions(tenant)).toEqual([1]);
    });

    test('does so at its time, from the planned moment on; orders settled meanwhile are derived again', async () => {
      const tenant = await scheduled();
      const { deps } = tenant;
      await publishScheduled(deps, minutes(planned, -1));
      expect(await versions(tenant)).toEqual([1]);
      const bought = (orderId: number, moment: Instant) =>
        order({ orderId, instant: moment, createdAt: moment, updatedAt: moment, lines: [line({ listMinor: 5000 })] });
      await tenant.settle([bought(1, minutes(planned, -1)), bought(2, minutes(planned, 1))], minutes(planned, 2));
      expect((await tenant.entries()).map(({ points }) => points)).toEqual([50, 50]);
      const told: OrderMessage[] = [];
      const enqueue: typeof deps.enqueue = async (effects) => {
        told.push(...effects.flatMap((effect) => (settleOrderLater.is(effect) ? [effect] : [])));
      };
      const late = minutes(planned, 3);
      await Promise.all([publishScheduled({ ...deps, enqueue }, late), publishScheduled({ ...deps, enqueue }, late)]);
      expect(await versions(tenant)).toEqual([2, 1]);
      expect(await inForce(tenant)).toMatchObject({ publishedAt: planned, by: 'staff:anna' });
      expect(await draft(tenant)).toBeNull();
      expect(told.map(({ snapshot }) => snapshot.orderId)).toEqual(['2']);
      await settleOrders(deps, told, late);
      expect((await tenant.entries()).map(({ points }) => points)).toEqual([50, 50, 50]);
      await tenant.audit();
    });

    test('more than a day late, or behind another version by then, it stays a draft and says why', async () => {
      const late = await scheduled();
      await publishScheduled(late.deps, minutes(planned, 1441));
      expect(await draft(late)).toMatchObject({ scheduledFor: null, failure: { why: 'late' } });
      const apart = await scheduled();
      await publishProgram(apart.deps, apart.store.programId, { document: held, basedOn: 1, by: 'staff:bruno' }, now);
      await publishScheduled(apart.deps, planned);
      expect(await draft(apart)).toMatchObject({ scheduledFor: null, failure: { why: 'apart', at: planned } });
      const invalid = await scheduled();
      const { programId } = invalid.store;
      await invalid.deps.database.prisma.programDraft.update({
        where: { programId },
        data: { document: { ...wrong } },
      });
      await publishScheduled(invalid.deps, planned);
      expect(await draft(invalid)).toMatchObject({ scheduledFor: null, failure: { why: 'invalid' } });
      for (const [tenant, there] of [
        [late, [1]],
        [apart, [2, 1]],
        [invalid, [1]],
      ] as const)
        expect(await versions(tenant)).toEqual(there);
      // Whoever mends it takes the remark away.
      expect((await save(invalid, held, 1)).ok).toBe(true);
      expect((await draft(invalid))?.failure).toBeNull();
    });
  });

  test('a published version is restored as a draft, on top of what is in force', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    await publishProgram(deps, store.programId, { document: twoPoints, basedOn: 1, by: 'staff:anna' }, now);
    await save(tenant, held, null, { basedOn: 2 });
    const first = { kind: 'version', number: 1 } as const;
    expect(await restoreVersion(deps, store.programId, { what: first, seen: null }, 'staff:anna', now)).toMatchObject({
      ok: false,
      error: { kind: 'draft_changed' },
    });
    expect((await restoreVersion(deps, store.programId, { what: first, seen: 1 }, 'staff:anna', now)).ok).toBe(true);
    expect(await draft(tenant)).toMatchObject({ revision: 2, basedOn: 2, document: program() });
    expect([await replaced(tenant), await versions(tenant)]).toEqual([[1], [2, 1]]);
    expect(
      await restoreVersion(deps, store.programId, { what: { kind: 'version', number: 9 }, seen: 2 }, 'staff:anna', now),
    ).toMatchObject({ ok: false, error: { kind: 'not_there' } });
    await publishDraft(deps, store.programId, 2, 'staff:anna', at('12:10'));
    expect((await inForce(tenant))?.document).toEqual(program());
  });

  test('a file becomes the draft; a newer schema, too many bytes, no JSON and errors are refused', async () => {
    const tenant = await world.tenant();
    const { deps, store } = tenant;
    const bring = (text: string, seen: number | null = null, choices: readonly ThingChoices[] = []) =>
      importDocument(deps, store.programId, { text, choices, seen }, 'staff:anna', now);
    expect(await bring(JSON.stringify({ ...twoPoints, schemaVersion: 4 }))).toEqual({
      ok: false,
      error: { kind: 'newer_schema', schemaVersion: 4 },
    });
    expect(await bring(`${JSON.stringify(twoPoints)}${' '.repeat(512 * 1024)}`)).toEqual({
      ok: false,
      error: { kind: 'too_large' },
    });
    expect(await bring('name;points')).toEqual({ ok: false, error: { kind: 'not_json' } });
    expect(await bring(JSON.stringify(wrong))).toMatchObject({ ok: false, error: { kind: 'not_a_document' } });
    expect(await draft(tenant)).toBeNull();
    expect(
      (await bring(JSON.stringify({ ...twoPoints, segments: undefined, tiers: undefined, schemaVersion: 1 }))).ok,
    ).toBe(true);
    expect((await draft(tenant))?.document).toEqual(twoPoints);
    expect(await bring(JSON.stringify(held))).toMatchObject({ ok: false, error: { kind: 'draft_changed' } });
    expect((await bring(JSON.stringify(held), 1)).ok).toBe(true);
    expect((await draft(tenant))?.document).toEqual(held);
  });
});
