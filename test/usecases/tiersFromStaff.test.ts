import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { withGivenLevels } from '~/core/tiers/givenLevels';
import type { Tiers } from '~/core/tiers/section';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import { draftOf } from '~/db/drafts';
import { currentProgram } from '~/db/programs';
import { uuidv7 } from '~/process/uuid';
import { importDocument } from '~/usecases/drafts/importDocument';
import { publishDraft } from '~/usecases/drafts/publishDraft';
import { publishScheduled } from '~/usecases/drafts/publishScheduled';
import { restoreVersion } from '~/usecases/drafts/restoreVersion';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { scheduleDraft } from '~/usecases/drafts/scheduleDraft';
import { overrideTier } from '~/usecases/overrideTier';
import { requalifyMembers } from '~/usecases/requalifyMembers';
import { draftEffects } from '~/views/draftEffects';
import { at, line, order, program } from 'test/support/builders';
import { importsOf } from 'test/support/imports';
import { openWorld, type Tenant, type World } from 'test/support/world';

const day = 86_400_000;
const now = at('12:00');
const later = (days: number): Instant => instant(now + days * day);

const level = (id: string, threshold: number | null) => ({
  ...{ id, name: perTongue(() => id), threshold, entryPoints: threshold === null ? null : 5 },
  perks: [{ kind: 'multiply' as const, basisPoints: 12_000 }],
});
const withLevels = (...levels: readonly ReturnType<typeof level>[]): ProgramDocument =>
  programDocumentSchema.parse({
    ...program(),
    tiers: levels.length === 0 ? null : { metric: 'points', currency: 'EUR', window: { kind: 'lifetime' }, levels },
  });
const tiersOf = (...levels: readonly ReturnType<typeof level>[]): Tiers | null => withLevels(...levels).tiers;

describe('a level that staff gave', () => {
  const before = tiersOf(level('bronze', 10), level('silver', 100), level('gold', 500));
  const order = ({ tiers }: { readonly tiers: Tiers | null }) =>
    tiers?.levels.map(({ id, threshold }) => [id, threshold]) ?? null;
  test('stays where it stood, reached by nobody', () => {
    const next = tiersOf(level('bronze', 20), level('platinum', 900));
    const kept = withGivenLevels(next, before, new Set(['silver', 'bronze']));
    expect(order(kept)).toEqual([
      ['bronze', 20],
      ['silver', null],
      ['platinum', 900],
    ]);
    expect(kept.kept).toMatchObject([{ id: 'silver', entryPoints: null, perks: [{ basisPoints: 12_000 }] }]);
  });
  test('stays alone where there would be no tiers, and nothing stays that was not given', () => {
    expect(order(withGivenLevels(null, before, new Set(['gold'])))).toEqual([['gold', null]]);
    expect(withGivenLevels(null, before, new Set())).toEqual({ tiers: null, kept: [] });
    expect(withGivenLevels(null, null, new Set(['gold']))).toEqual({ tiers: null, kept: [] });
  });
});

describe('what comes from a file', () => {
  let world: World;
  beforeAll(async () => void (world = await openWorld('embedded')));
  afterAll(() => world.close());

  /** Two members of a program with tiers: to the first, staff gives gold, for so many days or for ever. */
  const guested = async (days: number | null = null): Promise<Tenant & { readonly guest: MemberId }> => {
    const document = withLevels(level('silver', 100), level('gold', 500));
    const tenant = await world.tenant({ document });
    for (const customer of ['77', '78'])
      await tenant.settle(
        [
          order({
            orderId: Number(customer),
            customerId: asId<PlatformId>(customer),
            lines: [line({ listMinor: 2000 })],
          }),
        ],
        now,
      );
    const { programId } = tenant.store;
    const { memberId } = await tenant.deps.database.prisma.memberIdentity.findFirstOrThrow({
      where: { programId, kind: 'customer', value: '77' },
    });
    const guest = asId<MemberId>(memberId);
    const gift = { id: uuidv7(), memberId: guest, tierId: 'gold', reason: 'a friend of the house', by: 'staff:1' };
    const until = days === null ? null : later(days);
    expect((await overrideTier(tenant.deps, programId, { ...gift, until }, now)).ok).toBe(true);
    return { ...tenant, guest };
  };
  const bring = ({ deps, store }: Tenant, document: ProgramDocument, when = later(1)) =>
    importDocument(
      deps,
      store.programId,
      { text: JSON.stringify(document), choices: [], seen: null },
      'staff:anna',
      when,
    );
  const publish = async ({ deps, store }: Tenant, revision: number, when = later(2)): Promise<void> => {
    expect((await publishDraft(deps, store.programId, revision, 'staff:anna', when)).ok).toBe(true);
    while ((await requalifyMembers(deps, when)) > 0);
  };
  const tierOf = async ({ deps, store, guest }: Awaited<ReturnType<typeof guested>>) =>
    (await deps.database.prisma.member.findFirstOrThrow({ where: { programId: store.programId, id: guest } })).tier;

  test('of a program: the member keeps the tier, the draft keeps the level, and the answer names it', async () => {
    const tenant = await guested();
    const brought = await bring(tenant, withLevels(level('silver', 50)));
    expect(brought).toMatchObject({ ok: true, value: { kept: [{ name: { en: 'gold' }, members: 1 }] } });
    const draft = await draftOf(tenant.deps.database.prisma, tenant.store.programId);
    expect(draft?.document.tiers?.levels.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['silver', 50],
      ['gold', null],
    ]);
    await publish(tenant, draft?.revision ?? 0);
    expect(await tierOf(tenant)).toBe('gold');
    // As gold gives: 1.2 points for each euro, before (20.00) and now (100.00); and 5 on reaching what silver asks for.
    const when = later(3);
    const bought = order({
      orderId: 9,
      instant: when,
      createdAt: when,
      updatedAt: when,
      lines: [line({ listMinor: 10_000 })],
    });
    await tenant.settle([bought], when);
    expect((await tenant.balance(when)).available).toBe(24 + 120 + 5);
  });

  test('of a program: a gift that has ended keeps nothing', async () => {
    const tenant = await guested(5);
    expect(await bring(tenant, withLevels(level('silver', 50)), later(6))).toMatchObject({
      ok: true,
      value: { kept: [] },
    });
  });

  test('a version that is brought back keeps it, too', async () => {
    const tenant = await guested();
    const { deps, store } = tenant;
    // A version of before there was gold.
    await publish(
      tenant,
      ((await bring(tenant, withLevels(level('silver', 50)))) as { value: { revision: number } }).value.revision,
    );
    await deps.database.prisma.$executeRawUnsafe(
      `UPDATE program_version SET document = jsonb_set(document, '{tiers}', 'null')
       WHERE program_id = $1::text::uuid AND version = 1`,
      store.programId,
    );
    const what = { kind: 'version', number: 1 } as const;
    const back = await restoreVersion(deps, store.programId, { what, seen: null }, 'staff:anna', later(4));
    expect(back).toMatchObject({ ok: true, value: { kept: [{ name: { en: 'gold' }, members: 1 }] } });
    const draft = await draftOf(deps.database.prisma, store.programId);
    expect(draft?.document.tiers?.levels.map(({ id }) => id)).toEqual(['gold']);
  });

  test('a draft that was written before staff gave it: publication keeps it, at once and at its time', async () => {
    for (const planned of [false, true]) {
      const document = withLevels(level('silver', 100), level('gold', 500));
      const tenant = await world.tenant({ document });
      const { deps, store } = tenant;
      const { programId } = store;
      await tenant.settle([order({ customerId: asId<PlatformId>('77'), lines: [line({ listMinor: 2000 })] })], now);
      const without = { document: withLevels(level('silver', 50)), basedOn: 1, revision: null };
      const saved = await saveDraft(deps, programId, without, 'staff:anna', now);
      expect(saved).toEqual({ ok: true, value: { revision: 1 } });
      if (planned)
        expect((await scheduleDraft(deps, programId, { revision: 1, at: later(2) }, 'staff:anna', now)).ok).toBe(true);
      const { memberId } = await deps.database.prisma.memberIdentity.findFirstOrThrow({ where: { programId } });
      const guest = asId<MemberId>(memberId);
      const gift = { id: uuidv7(), memberId: guest, tierId: 'gold', until: null, reason: 'a friend', by: 'staff:1' };
      expect((await overrideTier(deps, programId, gift, later(1))).ok).toBe(true);
      if (!planned) {
        expect((await draftEffects(deps, programId, later(1)))?.kept).toMatchObject([
          { name: { en: 'gold' }, members: 1 },
        ]);
        expect(await publishDraft(deps, programId, 1, 'staff:anna', later(2))).toMatchObject({
          ok: true,
          value: { version: 2, kept: [{ name: { en: 'gold' }, members: 1 }] },
        });
      } else await publishScheduled(deps, later(2));
      while ((await requalifyMembers(deps, later(2))) > 0);
      const inForce = await currentProgram(deps.database.prisma, programId);
      expect([planned, inForce?.version, inForce?.document.tiers?.levels.map(({ id }) => id)]).toEqual([
        ...[planned, 2],
        ['silver', 'gold'],
      ]);
      expect(await tierOf({ ...tenant, guest })).toBe('gold');
    }
  });

  test('of points: whatever it adds, sets and takes back, the tier is what staff gave', async () => {
    const tenant = await guested();
    tenant.shop.putCustomer('77', { email: 'giulia@example.com' });
    const files = importsOf(tenant, later(1));
    for (const mode of ['add', 'reset'] as const) {
      const id = await files.post('email,points\ngiulia@example.com,900\n', { mode }, later(1));
      expect(await tierOf(tenant)).toBe('gold');
      await files.undo(id, later(2));
      expect(await tierOf(tenant)).toBe('gold');
    }
    expect((await tenant.balance(later(3))).available).toBe(24);
  });
});
