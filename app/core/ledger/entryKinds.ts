import type { Entry, EntryKind } from './types';

/** What the rest of the house asks of a kind of entry. Said here once: code and SQL take their lists from here. */
type Traits = {
  /** What the figures count its points as; `by_hand`: no order stands behind it; null: they leave it out. */
  readonly countsAs: 'issued' | 'redeemed' | 'by_hand' | null;
  /** What of it renews lots where points lapse by inactivity: every one, only one that gives points, or none. */
  readonly renews: 'always' | 'credit' | 'never';
  /** Together they are what the ledger holds for an order. */
  readonly settlesOrder: boolean;
  /** A debit of it takes its points from lots, or owes them. A merge changes the owner of lots instead. */
  readonly draws: boolean;
};

const entryKinds = {
  award: { countsAs: 'issued', renews: 'credit', settlesOrder: true, draws: true },
  clawback: { countsAs: 'issued', renews: 'never', settlesOrder: true, draws: true },
  redeem: { countsAs: 'redeemed', renews: 'always', settlesOrder: false, draws: true },
  release: { countsAs: 'redeemed', renews: 'never', settlesOrder: false, draws: true },
  return: { countsAs: 'redeemed', renews: 'never', settlesOrder: false, draws: true },
  expire: { countsAs: null, renews: 'never', settlesOrder: false, draws: true },
  adjust: { countsAs: 'by_hand', renews: 'never', settlesOrder: false, draws: true },
  import: { countsAs: 'by_hand', renews: 'never', settlesOrder: false, draws: true },
  bonus: { countsAs: 'issued', renews: 'credit', settlesOrder: false, draws: true },
  referral: { countsAs: 'issued', renews: 'credit', settlesOrder: false, draws: true },
  merge: { countsAs: null, renews: 'never', settlesOrder: false, draws: false },
} as const satisfies Record<EntryKind, Traits>;

/** The kinds of which something is said, in the order of the list. */
export const kindsThat = (say: (traits: Traits) => boolean): readonly EntryKind[] =>
  (Object.keys(entryKinds) as EntryKind[]).filter((kind) => say(entryKinds[kind]));

/**
 * Whether an entry renews lots under inactivity: earning and redeeming do, by their own time (rules §4); a bonus that
 * is taken back does not.
 */
export const isActivity = ({ kind, points }: Pick<Entry, 'kind' | 'points'>): boolean => {
  const { renews } = entryKinds[kind];
  return renews === 'always' || (renews === 'credit' && points > 0);
};

/** Whether an entry's draws say what sweeps took out of lots, or what of it came back since. */
export const isLapse = ({ kind, marks }: Pick<Entry, 'kind' | 'marks'>): boolean =>
  kind === 'expire' || marks?.part === 'revive';
