import type { OrderWhy } from '../earning/why';

/** What the whys of all entries have in common; `kind` says which of them it is (`explanation/why` lists them all). */
export type AnyWhy = { readonly v: 1; readonly kind: string };

/** Why the ledger itself wrote an entry. */
export type LedgerWhy =
  /** What an order is worth by now, and what was posted for it before. */
  | (OrderWhy & { readonly before: number })
  /** Points lapsed: of the lot opened on one day (yyyy-mm-dd), usable to the end of another. */
  | {
      readonly v: 1;
      readonly kind: 'expiry';
      readonly policy: 'after_months' | 'inactivity_months' | 'on_date' | 'grace';
      readonly earnedOn: string;
      readonly lastDay: string;
    }
  /** Lapsed points that come back because an activity before their end became known later. */
  | { readonly v: 1; readonly kind: 'late_activity'; readonly activeOn: string }
  /**
   * Staff, or a client of the API, corrected the balance. The member reads `reason`; `by` ("Anna", "staff 123") and
   * `note` are for staff, and are not there in what members read.
   */
  | {
      readonly v: 1;
      readonly kind: 'adjustment';
      readonly reason: string;
      readonly by?: string;
      readonly note?: string;
    }
  | { readonly v: 1; readonly kind: 'merge'; readonly side: 'from' | 'to'; readonly other: string }
  /** `setTo`: the balance that the file says, where the member was set to it; what moved is the difference. */
  | {
      readonly v: 1;
      readonly kind: 'import';
      readonly source: string;
      readonly line: number;
      readonly note: string | null;
      readonly setTo?: number;
    }
  /** A wing gave points: its own text (`{wing}.{say}`) says for what. */
  | {
      readonly v: 1;
      readonly kind: 'wing';
      readonly wing: string;
      readonly say: string;
      readonly values: Readonly<Record<string, string | number>>;
    }
  /** A file was taken back as a whole. */
  | { readonly v: 1; readonly kind: 'import_undone'; readonly source: string };
