import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What a folder may not import, and why: the dependency rule of the house. */
const ban = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }] },
});

const prisma = [
  ['@prisma/*', 'pg', '@electric-sql/*'],
  'SQL and Prisma live in app/db only: a change of storage touches one folder.',
];
const shopifyServer = [
  [
    '@shopify/shopify-api',
    '@shopify/shopify-api/*',
    '@shopify/shopify-app-remix',
    '@shopify/shopify-app-remix/*',
    '@shopify/shopify-app-session-storage-prisma',
  ],
  "Shopify's server packages belong to platforms/shopify, shopify.server.ts and a route's authenticate call.",
];
const queueLibrary = [['pg-boss'], 'Only jobs/queue.ts knows the queue library.'];
const outward = [
  ['~/usecases/*', '~/views/*', '~/jobs/*', '~/routes/*', '~/components/*', '~/i18n/*'],
  'db and platforms serve the rooms above them and do not know them.',
];

// What every core may not import, the wings' too.
const pure = [
  [['~/*', '!~/core'], 'core imports nothing outside core: the rules of loyalty are pure.'],
  [['node:*'], 'core has no clock, no randomness and no I/O.'],
  prisma,
  shopifyServer,
  queueLibrary,
];

/** The rooms of the core in their order: each may import those before it, and none after it. */
const coreRooms = [
  'values',
  'orders',
  'earning',
  'ledger',
  'rewards',
  'redemptions',
  'tiers',
  'evaluation',
  'settlement',
  'explanation',
  'program',
  'events',
  'storefront',
];
// Until each kind of reward has its own schema, theirs stand in the document.
const notYet = { rewards: ['program'] };
const roomsAfter = (room) =>
  coreRooms
    .slice(coreRooms.indexOf(room) + 1)
    .filter((later) => !notYet[room]?.includes(later))
    .map((later) => [
      [`../${later}/*`, `../../${later}/*`, `~/core/${later}/*`],
      `core/${room} comes before core/${later} and does not know it: what both need stands in the earlier room.`,
    ]);

export default tseslint.config(
  {
    ignores: [
      'build/',
      'node_modules/',
      '.data/',
      'test-output/',
      '.stryker-tmp/',
      'extensions/',
      'test/devstore/public/',
      'eslint.config.js',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of literals says the same and needs no code.' },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 340, skipBlankLines: true, skipComments: true }],
    },
  },
  ban(
    ['app/core/**'],
    [...pure, [['../../../*'], 'core imports nothing outside core: the rules of loyalty are pure.']],
  ),
  ...coreRooms.map((room) => ban([`app/core/${room}/**`], [...pure, ...roomsAfter(room)])),
  ban(
    ['app/features/*/core/**'],
    [...pure, [['../[a-z]*', '../../*'], "a wing's core knows its own folder and the spine's core."]],
  ),
  {
    files: ['app/core/**', 'app/features/*/core/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'core never asks the time: it is an argument.' },
        { object: 'Math', property: 'random', message: 'core has no randomness: ids are an argument.' },
      ],
    },
  },
  ban(['app/db/**'], [outward, shopifyServer, queueLibrary, [['~/platforms/*'], 'db knows no platform.']]),
  ban(
    ['app/platforms/**'],
    [outward, prisma, queueLibrary, [['~/db/*'], 'a platform reads and writes nothing of ours.']],
    ['app/platforms/shopify/receive.ts'],
  ),
  ban(
    ['app/usecases/**', 'app/views/**'],
    [
      prisma,
      shopifyServer,
      queueLibrary,
      [['~/platforms/shopify/*'], 'use cases know a platform by its contract, platforms/platform.ts.'],
      [['~/routes/*', '~/components/*', '~/jobs/*'], 'use cases do not know who calls them.'],
    ],
  ),
  {
    files: ['app/components/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: prisma[0], message: prisma[1] },
            { group: shopifyServer[0], message: shopifyServer[1] },
            {
              group: ['~/usecases/*', '~/db/*', '~/platforms/*', '~/jobs/*', '~/process/*', '**/*.server'],
              message: 'components get data as props.',
            },
            {
              group: ['~/views/*'],
              allowTypeImports: true,
              message: 'components get data as props; they may name its type.',
            },
          ],
        },
      ],
    },
  },
  ban(
    ['app/jobs/**'],
    [prisma, shopifyServer, queueLibrary, [['~/routes/*', '~/components/*'], 'a job calls one use case.']],
    ['app/jobs/queue.ts'],
  ),
  ban(
    ['app/routes/**'],
    [
      prisma,
      queueLibrary,
      [['~/db/*'], 'a route calls one use case or one view.'],
      [['@shopify/shopify-api', '@shopify/shopify-api/*'], "routes use the library's authenticate call only."],
    ],
  ),
  ban(
    ['app/main.ts'],
    [
      [
        ['~/*', './db/*', './usecases/*'],
        'main.ts takes everything from the server bundle, so that no module exists twice.',
      ],
    ],
  ),
  { files: ['app/routes/**'], rules: { 'max-lines': ['error', { max: 140 }] } },
  {
    files: ['test/**', 'tools/**'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 430, skipBlankLines: true, skipComments: true }],
    },
  },
);
