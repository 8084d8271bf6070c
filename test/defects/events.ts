import type { Defect } from './defects';

const testFile = 'test/usecases/events.test.ts';

/** Mistakes in the log of events, in who follows it, and in what entries are part of. */
export const events: readonly Defect[] = [
  {
    name: 'an entry is not told',
    file: 'app/core/events/eventsOf.ts',
    find: 'plan.entries.map(',
    replace: 'plan.entries.slice(1).map(',
    testFile,
    testName: 'each entry, change of the tier and step of a redemption',
  },
  {
    name: 'a tier is told that stayed',
    file: 'app/core/events/eventsOf.ts',
    find: '.filter(({ tier, before }) => tier !== before)',
    replace: '',
    testFile,
    testName: 'each entry, change of the tier and step of a redemption',
  },
  {
    name: 'events are read by the number of their writing: who commits late is skipped',
    file: 'app/db/events.ts',
    find: "nextval('event_seq') AS seq FROM fresh",
    replace: 'n AS seq FROM fresh',
    testFile,
    testName: 'a commit held open for five seconds',
    needsServer: true,
  },
  {
    name: 'events are numbered from the last one on',
    file: 'app/db/events.ts',
    find: 'FROM fresh ORDER BY n)',
    replace: 'FROM fresh ORDER BY n DESC)',
    testFile,
    testName: 'each entry, change of the tier and step of a redemption',
  },
  {
    name: 'a follower is taken from who reads for it',
    file: 'app/db/followers.ts',
    find: '(lease_until IS NULL OR lease_until <= $4::text::timestamptz)',
    replace: '(lease_until IS NULL OR lease_until > $4::text::timestamptz OR true)',
    testFile,
    testName: 'a follower that dies after it handled a batch',
  },
  {
    name: 'who lost the lease calls the batch done',
    file: 'app/db/followers.ts',
    find: 'attempts = 0, failure = NULL, failed_at = NULL, retry_at = NULL\n     WHERE name = $1::text AND lease_by = $2::text::uuid`',
    replace:
      'attempts = 0, failure = NULL, failed_at = NULL, retry_at = NULL\n     WHERE name = $1::text AND $2::text IS NOT NULL`',
    testFile,
    testName: 'one whose lease ended meanwhile',
  },
  {
    name: 'the cursor moves on before the batch is handled',
    file: 'app/usecases/events/followEvents.ts',
    find: 'if (page.events.length > 0) await follower.handle(deps, page.events, now);',
    replace:
      'await moveFollower(prisma, name, lease, page.upTo);\n    if (page.events.length > 0) await follower.handle(deps, page.events, now);',
    testFile,
    testName: 'one that fails keeps its reason',
  },
  {
    name: 'one that fails is tried again at once',
    file: 'app/db/followers.ts',
    find: 'AND (retry_at IS NULL OR retry_at <= $4::text::timestamptz)',
    replace: 'AND (retry_at IS NULL OR $4::text IS NOT NULL)',
    testFile,
    testName: 'one that fails keeps its reason',
  },
  {
    name: 'events are forgotten a day too early',
    file: 'app/usecases/events/forgetEvents.ts',
    find: 'const keptMs = 35 * 86_400_000;',
    replace: 'const keptMs = 34 * 86_400_000;',
    testFile,
    testName: 'events are kept 35 days',
  },
  {
    name: 'what a follower missed is not counted',
    file: 'app/usecases/events/forgetEvents.ts',
    find: 'filter((seq) => seq > cursor)',
    replace: 'filter((seq) => seq < cursor)',
    testFile,
    testName: 'events are kept 35 days',
  },
  {
    name: 'a warning that was recorded is not told',
    file: 'app/features/warnings/usecases/warnMembers.ts',
    find: '.map((warning) => eventOf(programId, warning));',
    replace: '.slice(1).map((warning) => eventOf(programId, warning));',
    testFile,
    testName: 'warnings follow what moves lots',
  },
  {
    name: 'the events of somebody who is erased stay',
    file: 'app/db/erasures.ts',
    find: "event: { customer: { delete: ofMembers }, store: 'program' }",
    replace: "event: { customer: { delete: 'false' }, store: 'program' }",
    testFile: 'test/usecases/privacy.test.ts',
    testName: 'whoever is erased is found nowhere',
  },
  {
    name: 'a code used late is not told from the first use',
    file: 'app/core/redemptions/onOrder.ts',
    find: "const marks = { part: 'late' as const };",
    replace: 'const marks = {};',
    testFile: 'test/usecases/redemption.test.ts',
    testName: 'a late use that is owed and refunded in part',
  },
];
