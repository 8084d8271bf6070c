import type { MemberBalance, MemberSummary, ProgramSummary } from '../../app/core/storefront/summary';

export type { MemberSummary, ProgramSummary };

/** GET summary: the program (null: none), and whoever asks (null: a guest, or no member yet). */
export type Summary = { readonly program: ProgramSummary | null; readonly member: MemberSummary | null };

/** A reward, and why whoever asks cannot take it now. null: only the cart may be in the way. */
export type OfferedReward = {
  readonly id: string;
  readonly name: string;
  readonly points: number;
  readonly refused: { readonly kind: string; readonly reason: string } | null;
  /** Products to choose from, as the shop calls them; left out: it is none. */
  readonly items?: readonly RewardItem[];
};
export type RewardItem = { readonly variant: string; readonly name: string };
/** GET rewards. */
export type Rewards = { readonly rewards: readonly OfferedReward[] };

/** POST quote: what a cart earns if it is bought now. */
export type Quote = { readonly points: number; readonly certainty: 'exact' | 'at_least' | 'about' };

/** GET order: what an order brought. `unknown`: not known yet, or not an order of whoever asks. */
export type OrderAnswer = {
  readonly points: number | null;
  readonly state: 'available' | 'pending' | 'unknown';
  readonly availableOn: string | null;
  readonly text: string | null;
};

/** POST redeem. `held`: the points are put aside, and the code is on its way. */
export type Redeemed = {
  readonly redemption: { readonly id: string; readonly state: string; readonly code: string | null };
  /** In words what is no code. */
  readonly given: string | null;
  readonly balance: Omit<MemberBalance, 'codes'>;
  readonly codes: MemberBalance['codes'];
};

/** POST cancel. `returning`: by when the points are back, in words. */
export type Cancelled = Pick<Redeemed, 'balance' | 'codes'> & { readonly returning: string | null };

export type Entry = {
  readonly id: string;
  readonly points: number;
  readonly day: string;
  readonly label: string;
  readonly sentence?: string;
  readonly steps?: readonly string[];
};
/** GET history: a page of entries, newest first, and where the next one begins. */
export type History = {
  readonly entries: readonly Entry[];
  readonly next: string | null;
  readonly returning?: string | null;
};

/** GET pos/find. */
export type Found = {
  readonly members: readonly {
    readonly customer: string;
    readonly name: string;
    readonly detail: string | null;
    readonly available: number;
    readonly tier: string | null;
  }[];
};
/** GET pos/member. */
export type AtTheTill = Summary & Rewards & { readonly customer: string; readonly name: string };
