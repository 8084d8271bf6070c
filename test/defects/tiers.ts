import type { Defect } from './defects';

const pages = 'test/components/tiers.test.tsx';
const earn = 'test/components/earn.test.tsx';
const things = 'test/components/things.test.tsx';
const effects = 'test/usecases/draftEffects.test.ts';

/** Mistakes in the pages of tiers, segments and what earns nothing. */
export const tierPages: readonly Defect[] = [
  {
    name: 'tiers: a level that a reward names is deleted',
    file: 'app/core/program/namedIds.ts',
    find: "paths.some((path) => path[0] === 'rewards' && path[1] === index)",
    replace: 'paths.length > 99',
    testFile: pages,
    testName: 'a tier that a bonus and a reward name is not deleted',
  },
  {
    name: 'tiers: a level that staff gave is deleted',
    file: 'app/ui/program/tiers/LevelsCard.tsx',
    find: 'if (given > 0) return',
    replace: 'if (given > 99) return',
    testFile: pages,
    testName: 'a tier that staff gave is not deleted',
  },
  {
    name: 'tiers: a new level takes the id of one that was deleted',
    file: 'app/ui/program/tiers/LevelsCard.tsx',
    find: '...added.map((one) => ({ id: one }))',
    replace: '',
    testFile: pages,
    testName: 'one is added above the others with an id of its own',
  },
  {
    name: 'tiers: a count stands although the tiers changed',
    file: 'app/ui/program/tiers/useTierSizes.ts',
    find: 'counted.of !== decides(draft)',
    replace: 'counted.of === null',
    testFile: pages,
    testName: 'is counted when asked',
  },
  {
    name: 'tiers: members without a tier are not counted',
    file: 'app/views/tierSizes.ts',
    find: 'if (is === null || levels[is] === undefined) none += of;',
    replace: 'if (is === null || levels[is] === undefined) continue;',
    testFile: effects,
    testName: 'how many members each level would hold',
  },
  {
    name: 'tiers: what staff gave before counts as long as what was given last',
    file: 'app/db/tiers.ts',
    find: 'ORDER BY member_id, from_at DESC, id DESC) newest',
    replace: 'ORDER BY member_id, from_at, id) newest',
    testFile: effects,
    testName: 'tiers that staff gave are counted',
  },
  {
    name: 'tiers: a product that is gone looks as if its name were on the way',
    file: 'app/ui/program/ResourceField.tsx',
    find: '{thing === null ? (',
    replace: '{thing === undefined ? (',
    testFile: things,
    testName: 'one that is gone says so',
  },
  {
    name: 'tiers: a word that was not finished is lost',
    file: 'app/ui/program/ChipsField.tsx',
    find: 'const written = parts.map',
    replace: 'const written = parts.slice(0, -1).map',
    testFile: earn,
    testName: 'tags are chips',
  },
  {
    name: 'tiers: what is let go outside the list is moved by the next drop',
    file: 'app/ui/program/useDragging.tsx',
    find: 'onDragEnd={end}',
    replace: '',
    testFile: earn,
    testName: 'stays when it is let go elsewhere',
  },
  {
    name: 'tiers: an empty day is the end of everything',
    file: 'app/ui/program/earn/SeasonCard.tsx',
    find: "onChange={(text) => change(text === '' ? null : text)}",
    replace: 'onChange={(text) => change(text)}',
    testFile: earn,
    testName: 'both have their days',
  },
];
