import type { Defect } from './defects';

const review = 'app/ui/program/review/ReviewPage.tsx';
const reviewTest = 'test/components/review.test.tsx';

/** Mistakes in the pages on which a merchant writes, looks over and publishes the program. */
export const builder: readonly Defect[] = [
  {
    name: 'what takes something from members is published without a tick',
    file: review,
    find: ' && (!takes || agreed);',
    replace: ';',
    testFile: reviewTest,
    testName: 'agreed to with a tick before it is published',
  },
  {
    name: 'a rule about a product that is gone does not hold up the publication',
    file: review,
    find: 'draft.valid !== null && !isGone',
    replace: 'draft.valid !== null',
    testFile: reviewTest,
    testName: 'names a product that is gone holds it up',
  },
  {
    name: 'a rule that is off holds up the publication',
    file: 'app/ui/program/review/GoneThings.tsx',
    find: 'goneIn(thingsInForce(document)).length > 0',
    replace: 'goneIn(document).length > 0',
    testFile: reviewTest,
    testName: 'one that is off does not',
  },
  {
    name: 'edits that are not saved are left out of what is published, unsaid',
    file: review,
    find: '!isGone && !draft.changed &&',
    replace: '!isGone &&',
    testFile: reviewTest,
    testName: 'edits that are not saved are not published',
  },
  {
    name: 'a draft that publishes itself is published at once, too',
    file: review,
    find: 'server.revision === null || server.scheduledFor !== null) return null',
    replace: 'server.revision === null) return null',
    testFile: reviewTest,
    testName: 'is neither published nor discarded here',
  },
  {
    name: 'a version takes the place of a draft that publishes itself',
    file: 'app/ui/program/versions/VersionsPage.tsx',
    find: 'draft.changed || locked',
    replace: 'draft.changed',
    testFile: reviewTest,
    testName: 'none takes the place of a draft that publishes itself',
  },
  {
    name: 'a version that is brought back overwrites a draft that nobody here saw',
    file: 'app/ui/program/versions/VersionsPage.tsx',
    find: 'seen: server?.revision ?? null })',
    replace: 'seen: null })',
    testFile: reviewTest,
    testName: 'becomes the draft in place of the one that was seen',
  },
  {
    name: 'two changes of one value are saved together before one of them is chosen',
    file: 'app/ui/program/ConflictPage.tsx',
    find: 'disabled={open.length > 0}',
    replace: 'disabled={open.length > 1}',
    testFile: reviewTest,
    testName: 'what both changed is chosen, and then it is saved together',
  },
];
