import type { z } from 'zod';
import { ok, refuse, type Result } from '../values/result';
import { programDocumentSchema, schemaVersion, type ProgramDocument } from './document';
import { issueOf, type DocumentIssue } from './issues';
import { migrated } from './migration';

/** The largest document that is kept, as JSON. */
export const documentBytesMax = 512 * 1024;

/**
 * A document that people work on, and what is wrong with its values. Its shape is that of a program; a number that
 * cannot be read yet is an empty text or null.
 */
export type DraftDocument = { readonly document: ProgramDocument; readonly issues: readonly DocumentIssue[] };

/**
 * Reads a draft: it may hold errors, because a save must not be lost to one. What is refused is what no page could
 * show: parts that are missing, unknown, or of another kind.
 */
export const readDraft = (given: unknown): Result<DraftDocument, readonly DocumentIssue[]> => {
  const brought = completed(migrated(given));
  const parsed = programDocumentSchema.safeParse(brought, { reportInput: true });
  if (parsed.success) return ok({ document: parsed.data, issues: [] });
  const broken = parsed.error.issues.filter((issue) => !isAboutValue(issue));
  if (broken.length > 0) return refuse(broken.map(issueOf));
  return ok({ document: brought as ProgramDocument, issues: parsed.error.issues.map(issueOf) });
};

// Sections that a program may leave out, as they are then.
const leftOut = Object.fromEntries(
  Object.entries(programDocumentSchema.shape).flatMap(([name, section]) => {
    const read = section.safeParse(undefined);
    return read.success ? [[name, read.data as unknown]] : [];
  }),
);

// A draft that was saved before a section came to the document is looked at with that section, errors or not.
const completed = (document: unknown): unknown =>
  typeof document === 'object' && document !== null ? { ...leftOut, ...document } : document;

// A value that is still being written: a number or a text that is empty, too large or no number yet, a rule between
// fields that does not hold.
const isAboutValue = (issue: z.core.$ZodIssue): boolean => {
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
    case 'invalid_format':
    case 'custom':
      return true;
    case 'invalid_type':
      return ['int', 'number'].includes(issue.expected) && isUnreadNumber(issue.input);
    default:
      return false;
  }
};

const isUnreadNumber = (input: unknown): boolean => input === null || input === '' || typeof input === 'number';

/** A draft as JSON. Numbers that cannot be read stay what they are, not "none": JSON would make null of them. */
export const draftJson = (document: ProgramDocument): string =>
  JSON.stringify(document, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? '' : value));

/** The schema version of a document made by a newer Fidelio; null: it is none. */
export const newerSchema = (given: unknown): number | null => {
  if (typeof given !== 'object' || given === null || !('schemaVersion' in given)) return null;
  const { schemaVersion: version } = given;
  return typeof version === 'number' && version > schemaVersion ? version : null;
};
