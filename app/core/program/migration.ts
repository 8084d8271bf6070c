import { ok, refuse, type Result } from '../values/result';
import { programDocumentSchema, type ProgramDocument } from './document';
import { issueOf, type DocumentIssue } from './issues';

// What each schema version became in the next. A step only adds what is new: published versions keep their meaning.
const steps: Readonly<Record<number, (document: Record<string, unknown>) => Record<string, unknown>>> = {
  // 2 added bonus rules, caps, tiers, segments and further exclusions; all of them are empty by default.
  1: (document) => ({ ...document, schemaVersion: 2 }),
};

/**
 * Reads a program document of this or an older schema version. The issues point into the document as it was
 * given ("earning.bonuses.3.effect.basisPoints").
 */
export const readDocument = (given: unknown): Result<ProgramDocument, readonly DocumentIssue[]> => {
  const parsed = programDocumentSchema.safeParse(migrated(given), { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  return refuse(parsed.error.issues.map(issueOf));
};

/** A document of an older schema in the form of this one; anything else as it is. */
export const migrated = (given: unknown): unknown => {
  if (typeof given !== 'object' || given === null) return given;
  let document = given as Record<string, unknown>;
  for (;;) {
    const step = typeof document.schemaVersion === 'number' ? steps[document.schemaVersion] : undefined;
    if (step === undefined) return document;
    document = step(document);
  }
};
