import type { ColumnRole } from './columns';
import type { DateOrder } from './fields';
import type { ImportLine, ImportPerson, LineProblem } from './line';

/** How a file was read: what the merchant is told of it before anything happens. */
export type Reading = {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly delimiter: string;
  /** false: the first line is a line like the others. */
  readonly hasHeader: boolean;
  readonly used: readonly { readonly name: string; readonly as: ColumnRole }[];
  /** Names of columns that nobody reads. */
  readonly ignored: readonly string[];
  readonly dateOrder: DateOrder | null;
  /** The first lines as they were read; forgotten when it was decided about the file. */
  readonly sample: readonly SampleLine[];
};

/** A line as it was read: the address is shown without most of its name. */
export type SampleLine = { readonly line: number } & (
  | { readonly problem: LineProblem }
  | {
      readonly who: string;
      readonly points: number;
      readonly from: number | null;
      readonly until: number | null;
      readonly note: string | null;
    }
  | { readonly says: 'nothing' }
);

export const sampleLine = (line: number, says: ImportLine | null, problem: LineProblem | null): SampleLine => {
  if (problem !== null && says === null) return { line, problem };
  if (says === null) return { line, says: 'nothing' };
  return {
    line,
    who: shownPerson(says.person),
    points: says.points,
    from: says.occurredAt ?? says.availableAt,
    until: says.expiresAt,
    note: says.note,
  };
};

const shownPerson = (person: ImportPerson): string => {
  switch (person.kind) {
    case 'customer':
      return person.customerId;
    case 'email':
      return person.email.replace(/^(.).*(?=@)/u, '$1…');
    case 'email_hash':
      return `${person.hash.slice(0, 8)}…`;
  }
};

/** What a merchant decides about a file that was looked over. */
export type Agreement = {
  /** The lines that cannot be imported are left out. */
  readonly leaveOut: boolean;
  /** People the shop does not know get theirs as guests. */
  readonly withGuests: boolean;
  /** Balances below 0 become debts; else (as when it is not said) they are lines that cannot be imported. */
  readonly withDebts?: boolean;
  /**
   * `add`, as when it is not said: the points come on top of what members have. `reset`: members have the file's
   * balance afterwards, the difference is posted. What waits on hold is no part of a balance, what is owed is.
   */
  readonly mode?: 'add' | 'reset';
};

type Counted = {
  readonly good: number;
  readonly bad: number;
  readonly unknown: number;
  readonly debts: number;
  readonly unknownDebts: number;
  readonly zeros: number;
};

/** How many lines are posted when a merchant decides so. */
export const linesWanted = (
  file: Counted,
  { withGuests, withDebts = false, mode = 'add' }: Omit<Agreement, 'leaveOut'>,
): number => {
  const debts = withDebts ? file.debts - (withGuests ? 0 : file.unknownDebts) : 0;
  return file.good - (withGuests ? 0 : file.unknown) + debts + (mode === 'reset' ? file.zeros : 0);
};

/** How many lines are left out because they cannot be imported. */
export const linesLeftOut = ({ bad, debts }: Counted, { withDebts = false }: Pick<Agreement, 'withDebts'>): number =>
  bad - (withDebts ? debts : 0);

/** Whether members can be set to what a file says: every good line of it is a plain balance of today. */
export const canReset = ({ moving }: { readonly moving: number }): boolean => moving === 0;
