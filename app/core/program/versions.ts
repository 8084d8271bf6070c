import type { Version } from '../values/version';
import type { ProgramDocument } from './document';

/** A published version of a program with its whole document. */
export type ProgramVersion = Version<ProgramDocument>;
