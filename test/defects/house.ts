import type { Defect } from './defects';

const lock = 'test/db/embeddedLock.test.ts';
const start = 'test/db/serverStart.test.ts';
const drain = 'test/process/drain.test.ts';
const together = 'test/jobs/together.test.ts';
const privacy = 'test/usecases/privacy.test.ts';
const shop = 'test/usecases/privacyShop.test.ts';
const everywhere = 'whoever is erased is found nowhere';

/** Mistakes in how a process starts and stops, and in what the law asks for. */
export const house: readonly Defect[] = [
  {
    name: 'whoever claims the folder has it',
    file: 'app/db/embeddedLock.ts',
    find: '    if (others.length === 0) return true;\n',
    replace: '    return true;\n',
    testFile: lock,
    testName: 'exactly one has the folder',
  },
  {
    name: 'the queue is prepared outside the start’s lock',
    file: 'app/db/startLock.ts',
    find: 'SELECT pg_advisory_xact_lock(${lockNumber})',
    replace: 'SELECT ${lockNumber}',
    testFile: start,
    testName: 'six processes that start at once',
    needsServer: true,
  },
  {
    name: 'nobody looks under which role a connection works',
    file: 'app/db/serverPool.ts',
    find: 'if (found?.name === role && !found.may) return;',
    replace: 'return;',
    testFile: start,
    testName: 'would work as the owner',
    needsServer: true,
  },
  {
    name: 'the readiness waits for the database for ever',
    file: 'app/db/database.ts',
    find: '    sleep(answerMs, false, { ref: false }),\n',
    replace: '',
    testFile: start,
    testName: 'a server that hangs is said not to answer',
    needsServer: true,
  },
  {
    name: 'idle connections are closed at once, with what was just sent on them',
    file: 'app/process/drain.ts',
    find: 'NetServer.prototype.close.call(server, () => resolve())',
    replace: 'server.close(() => resolve())',
    testFile: drain,
    testName: 'nobody is cut off although a request is on its way',
  },
  {
    name: 'connections that are kept alive go on while the server ends',
    file: 'app/process/drain.ts',
    find: "    if (draining) response.setHeader('connection', 'close');\n",
    replace: '',
    testFile: drain,
    testName: 'nobody is cut off although a request is on its way',
  },
  {
    name: 'what nobody waits for any more is written all the same',
    file: 'app/jobs/together.ts',
    find: 'if (waiting.delete(asked)) reject',
    replace: 'if (waiting.has(asked)) reject',
    testFile: together,
    testName: 'refused and never written',
  },
  {
    name: 'a privacy request is carried out and not kept',
    file: 'app/usecases/privacy/receiveRequest.ts',
    find: 'const isNew = await insertRequest(tx, request, body);',
    replace: 'const isNew = request !== null && body !== null && insertRequest !== null;',
    testFile: privacy,
    testName: everywhere,
  },
  {
    name: 'the words in the ledger stay',
    file: 'app/db/eraseCustomer.ts',
    find: 'JSON.stringify(person.members),\n  );\n  counts.entry',
    replace: "'[]',\n  );\n  counts.entry",
    testFile: privacy,
    testName: everywhere,
  },
  {
    name: 'the snapshots of an erased customer’s orders stay',
    file: 'app/usecases/privacy/eraseCustomer.ts',
    find: 'snapshot: redactSnapshot(snapshot, isMembers, keepsCode)',
    replace: 'snapshot',
    testFile: privacy,
    testName: everywhere,
  },
  {
    name: 'finished jobs keep what they carried',
    file: 'app/jobs/forgetJobs.ts',
    find: '    await db.executeSql(`DELETE FROM pgboss.job WHERE ${goes} AND ${condition}`, values);\n',
    replace: '',
    testFile: privacy,
    testName: everywhere,
  },
  {
    name: 'a late message brings an erased customer back',
    file: 'app/core/settlement/see.ts',
    find: '  if (record?.erased !== true) return snapshots;\n',
    replace: '  if (record !== null) return snapshots;\n',
    testFile: privacy,
    testName: 'later messages about an old order',
  },
  {
    name: 'a late message makes an erased customer a member again',
    file: 'app/db/identities.ts',
    find: 'WHERE o.erased_at IS NULL AND (w.kind',
    replace: 'WHERE (w.kind',
    testFile: privacy,
    testName: 'later messages about an old order',
  },
  {
    name: 'one does not look again after waiting work',
    file: 'app/usecases/privacy/runRequest.ts',
    find: "return waiting > 0 ? 'later' : 'done';",
    replace: "return waiting < 0 ? 'later' : 'done';",
    testFile: privacy,
    testName: 'work about the person that is still waiting',
  },
  {
    name: 'a shop that uses the app is erased',
    file: 'app/usecases/privacy/runRequest.ts',
    find: 'store !== null && store.uninstalledAt === null && !evenIfInstalled',
    replace: 'store !== null && store.uninstalledAt === null && evenIfInstalled',
    testFile: shop,
    testName: 'leaves nothing but the proof',
  },
  {
    name: 'the whole program goes with any of its stores',
    file: 'app/db/eraseStore.ts',
    find: 'id <> $2::text::uuid) AS found',
    replace: 'id <> $2::text::uuid AND false) AS found',
    testFile: shop,
    testName: 'in a program with another store',
  },
];
