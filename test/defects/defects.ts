import { basics } from './basics';
import { builder } from './builder';
import { customers } from './customers';
import { drafts } from './drafts';
import { door } from './door';
import { events } from './events';
import { extensions } from './extensions';
import { histories } from './histories';
import { house } from './house';
import { imports } from './imports';
import { platforms } from './platforms';
import { rewards } from './rewards';
import { shop } from './shop';
import { simulation } from './simulation';
import { surfaces } from './surfaces';
import { tierPages } from './tiers';

/** A plausible mistake of one line, and the test that must turn red for it. */
export type Defect = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly testFile: string;
  readonly testName: string;
  /** Only a server has transactions that run side by side. */
  readonly needsServer?: true;
};

export const defects: readonly Defect[] = [
  ...basics,
  ...builder,
  ...customers,
  ...histories,
  ...door,
  ...drafts,
  ...events,
  ...extensions,
  ...house,
  ...imports,
  ...platforms,
  ...rewards,
  ...shop,
  ...simulation,
  ...surfaces,
  ...tierPages,
];
