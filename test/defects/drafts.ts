import type { Defect } from './defects';

const draftsFile = 'test/usecases/drafts.test.ts';
const diff = 'test/core/diff.test.ts';

/** Mistakes about the draft of a program, and the tests that see them. */
export const drafts: readonly Defect[] = [
  {
    name: 'the second of two saves over the first',
    file: 'app/usecases/drafts/openDraft.ts',
    find: 'if ((draft?.revision ?? null) !== seen)',
    replace: 'if ((draft?.revision ?? null) === -1)',
    testFile: draftsFile,
    testName: 'two of staff at once',
  },
  {
    name: 'a draft that publishes itself can be changed',
    file: 'app/usecases/drafts/openDraft.ts',
    find: 'return draft === null || draft.scheduledFor === null ? null',
    replace: 'return draft === null || draft.scheduledFor !== -1 ? null',
    testFile: draftsFile,
    testName: 'locks the draft until taken off',
  },
  {
    name: 'a draft behind the published version is published',
    file: 'app/usecases/drafts/publishDraft.ts',
    find: 'if (draft.basedOn !== current.version)',
    replace: 'if (draft.basedOn > current.version)',
    testFile: draftsFile,
    testName: 'behind the published version it is not published',
  },
  {
    name: 'a scheduled version counts from when it is found',
    file: 'app/usecases/drafts/publishScheduled.ts',
    find: 'publishVersion(deps, tx, programId, next, planned)',
    replace: 'publishVersion(deps, tx, programId, next, now)',
    testFile: draftsFile,
    testName: 'does so at its time',
  },
  {
    name: 'orders settled after the planned moment keep the version before',
    file: 'app/usecases/publishVersion.ts',
    find: '  await settleAgain(deps, tx, programId, stores, inForce);',
    replace: '  if (inForce < 0) await settleAgain(deps, tx, programId, stores, inForce);',
    testFile: draftsFile,
    testName: 'does so at its time',
  },
  {
    name: 'an unreadable number in a draft becomes "none"',
    file: 'app/core/program/draft.ts',
    find: "!Number.isFinite(value) ? '' : value",
    replace: '!Number.isFinite(value) ? null : value',
    testFile: draftsFile,
    testName: 'an unreadable number does not become "none"',
  },
  {
    name: 'the number of a discarded draft is used again',
    file: 'app/db/drafts.ts',
    find: 'data: { draftRevision: { increment: 1 } },',
    replace: 'data: { draftRevision: 1 },',
    testFile: draftsFile,
    testName: 'numbers are never used again',
  },
  {
    name: 'another order of rules is no difference',
    file: 'app/core/program/moves.ts',
    find: 'if (staying.includes(name)) return [];',
    replace: 'if (staying.length > 0) return [];',
    testFile: diff,
    testName: 'an order that decides ties says who wins them',
  },
  {
    name: 'rules that never meet are added up against the margin',
    file: 'app/core/program/warnings.ts',
    find: 'const larger = join(meeting, rule);',
    replace: 'const larger: typeof meeting = meeting;',
    testFile: 'test/core/warnings.test.ts',
    testName: 'rules that never hold together are not added up',
  },
];
