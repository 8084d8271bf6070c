import type { z } from 'zod';
import type { DocumentProblem } from '../values/fields';

/**
 * What is wrong with a document: where ("earning.bonuses.3.effect.basisPoints"), what, and a sentence for developers.
 */
export type DocumentIssue = { readonly path: string; readonly problem: DocumentProblem; readonly message: string };

type Issue = z.core.$ZodIssue;

export const issueOf = (issue: Issue): DocumentIssue => ({
  path: issue.path.join('.'),
  problem: problemOf(issue),
  message: issue.message,
});

const problemOf = (issue: Issue): DocumentProblem => {
  switch (issue.code) {
    case 'too_small':
      return { kind: 'too_small', limit: Number(issue.minimum), of: kindOf(issue.origin) };
    case 'too_big':
      return { kind: 'too_big', limit: Number(issue.maximum), of: kindOf(issue.origin) };
    case 'invalid_type':
      if (issue.input === undefined) return { kind: 'missing' };
      return { kind: ['int', 'number'].includes(issue.expected) ? 'not_whole' : 'unreadable' };
    case 'invalid_value':
      return { kind: 'not_one_of', values: issue.values.map(String) };
    case 'unrecognized_keys':
      return { kind: 'unknown_fields', fields: issue.keys };
    case 'invalid_format':
      return { kind: issue.format === 'date' ? 'no_day' : 'unreadable' };
    case 'custom':
      return (issue.params as { problem?: DocumentProblem } | undefined)?.problem ?? { kind: 'unreadable' };
    default:
      return { kind: 'unreadable' };
  }
};

const kindOf = (origin: string): 'number' | 'text' | 'list' =>
  origin === 'string' ? 'text' : origin === 'array' ? 'list' : 'number';
