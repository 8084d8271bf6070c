import type { ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import type { ProgramVersion } from '~/core/program/versions';
import type { ProgramId, StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import type { PublishedAt } from '~/core/values/version';
import type { StoreSettings } from '~/core/settlement/grounds';
import type { Database } from './database';
import { epochMs, rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';

/** Reads settings and documents. Published versions never change, so documents are kept in memory. */
export type ProgramReader = {
  /** Settings of all stores of the given programs, by store id. One statement. */
  readonly settingsOf: (programIds: readonly ProgramId[]) => Promise<ReadonlyMap<StoreId, StoreSettings>>;
  /** Throws when the version does not exist: callers name versions that they read. Inside a transaction, pass it. */
  readonly documentOf: (
    programId: ProgramId,
    version: number,
    client?: Pick<Tx, 'programVersion'>,
  ) => Promise<ProgramDocument>;
  /** All published versions with their documents, oldest first. */
  readonly versionsOf: (
    programId: ProgramId,
    versions: readonly PublishedAt[],
    client?: Pick<Tx, 'programVersion'>,
  ) => Promise<readonly ProgramVersion[]>;
};

const rememberedMax = 500;

// A document of an older schema is brought up to date when it is read: what is stored never changes.
const published = (stored: unknown): ProgramDocument => {
  const document = readDocument(stored);
  invariant(document.ok, 'a published document can be read');
  return document.value;
};

export const createProgramReader = (database: Pick<Database, 'prisma'>): ProgramReader => {
  const remembered = new Map<string, ProgramDocument>();
  const documentOf: ProgramReader['documentOf'] = async (programId, version, client = database.prisma) => {
    const key = `${programId}:${version}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const row = await client.programVersion.findUniqueOrThrow({ where: { programId_version: { programId, version } } });
    const document = published(row.document);
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(key, document);
    return document;
  };
  return {
    settingsOf: async (programIds) => {
      const rows = await database.prisma.$queryRawUnsafe<
        {
          id: StoreId;
          program_id: ProgramId;
          time_zone: string;
          versions: { version: number; publishedAt: number }[] | null;
        }[]
      >(
        `SELECT s.id::text, s.program_id::text, s.time_zone, (SELECT jsonb_agg(jsonb_build_object('version', v.version,
           'publishedAt', ${epochMs('v.published_at')}) ORDER BY v.version)
           FROM program_version v WHERE v.program_id = s.program_id) AS versions
         FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid)
         JOIN store s ON s.program_id = a.program_id`,
        rowsJson([...new Set(programIds)].map((programId) => ({ program_id: programId }))),
      );
      return new Map(
        rows.map(({ id, program_id: programId, time_zone: zone, versions }) => [
          id,
          {
            programId,
            zone,
            versions: (versions ?? []).map((row) => ({ version: row.version, publishedAt: instant(row.publishedAt) })),
          },
        ]),
      );
    },
    documentOf,
    versionsOf: async (programId, versions, client) => {
      const read: ProgramVersion[] = [];
      for (const { version, publishedAt } of versions)
        read.push({ version, publishedAt, document: await documentOf(programId, version, client) });
      return read;
    },
  };
};

/** A published version; `by` says who published it, as the audit trail has it ("staff:123"). */
export type PublishedProgram = ProgramVersion & {
  readonly by: string;
  /** The number of the draft that it was; null: it was published at once. */
  readonly draftRevision: number | null;
};

/** The version in force now with its document; null before the first one is published. */
export const currentProgram = async (
  client: Pick<Tx, 'program' | 'programVersion'>,
  programId: ProgramId,
): Promise<PublishedProgram | null> => {
  const version = await client.programVersion.findFirst({ where: { programId }, orderBy: { version: 'desc' } });
  if (version === null) return null;
  return {
    version: version.version,
    document: published(version.document),
    publishedAt: instant(version.publishedAt.getTime()),
    by: version.by,
    draftRevision: version.draftRevision,
  };
};

/** The numbers of the versions in force; a program without one is left out. One statement. */
export const versionsInForce = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programIds: readonly ProgramId[],
): Promise<ReadonlyMap<ProgramId, number>> => {
  const rows = await client.$queryRawUnsafe<{ id: ProgramId; version: number }[]>(
    `SELECT p.id::text, p.current_version AS version
     FROM jsonb_to_recordset($1::text::jsonb) AS a(id uuid) JOIN program p ON p.id = a.id
     WHERE p.current_version IS NOT NULL`,
    rowsJson(programIds.map((id) => ({ id }))),
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
};

/** A version as the list of all shows it. */
export type VersionInList = PublishedAt & { readonly by: string };

/** The newest versions without their documents. */
export const newestVersions = async (
  client: Pick<Tx, 'programVersion'>,
  programId: ProgramId,
  limit: number,
): Promise<readonly VersionInList[]> =>
  (
    await client.programVersion.findMany({
      where: { programId },
      orderBy: { version: 'desc' },
      select: { version: true, publishedAt: true, by: true },
      take: limit,
    })
  ).map((row) => ({ ...row, publishedAt: instant(row.publishedAt.getTime()) }));

/** The document of a version; null: there is no such version. */
export const documentOfVersion = async (
  client: Pick<Tx, 'programVersion'>,
  programId: ProgramId,
  version: number,
): Promise<ProgramDocument | null> => {
  const row = await client.programVersion.findUnique({ where: { programId_version: { programId, version } } });
  return row === null ? null : published(row.document);
};

/**
 * Locks the program's row, so that versions are numbered one after the other. Whoever adds something of the program (a
 * new member) does not wait for it.
 */
export const lockProgram = async (tx: Tx, programId: ProgramId): Promise<void> => {
  await tx.$queryRawUnsafe('SELECT 1 FROM program WHERE id = $1::text::uuid FOR NO KEY UPDATE', programId);
};

/** No version is published before the transaction ends; before any member is locked. Several may do so side by side. */
export const keepVersion = async (tx: Tx, programId: ProgramId): Promise<void> => {
  await tx.$queryRawUnsafe('SELECT 1 FROM program WHERE id = $1::text::uuid FOR SHARE', programId);
};

export const insertVersion = async (
  tx: Tx,
  version: {
    readonly programId: ProgramId;
    readonly version: number;
    readonly document: ProgramDocument;
    readonly by: string;
    readonly draftRevision?: number | null;
  },
  now: Instant,
): Promise<void> => {
  await tx.programVersion.create({ data: { ...version, publishedAt: sqlInstant(now) } });
  await tx.program.update({ where: { id: version.programId }, data: { currentVersion: version.version } });
};
