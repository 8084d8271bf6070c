import { createContext, useContext } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import type { RewardKind } from '~/core/rewards/section';
import type { ProgramAnswer, ProgramWish } from '~/http/shopify/programActions';
import type { ProgramStore } from '~/views/programEditor';
import type { ProgramDraftState, Saved } from './useProgramDraft';

/** The version in force. */
export type PublishedVersion = {
  readonly version: number;
  readonly document: ProgramDocument;
  readonly publishedAt: number;
  readonly isOwn: boolean;
};

/** The draft as the server has it. */
export type ServerDraft = Saved & {
  readonly savedAt: number;
  readonly isOwn: boolean;
  readonly scheduledFor: number | null;
  readonly failure: { readonly why: 'invalid' | 'late' | 'apart'; readonly at: number } | null;
};

/** What every page of the program works with: one state for all, so that going from page to page loses nothing. */
export type ProgramContext = {
  readonly published: PublishedVersion;
  readonly server: ServerDraft | null;
  readonly draft: ProgramDraftState;
  /** What is wrong at a field, by its path in the document ("earning.holdDays"). */
  readonly errorAt: (path: string) => string | undefined;
  /** Whether something is wrong anywhere below a path. */
  readonly isWrong: (path: string) => boolean;
  /** Kinds of rewards that the store's platform cannot make. */
  readonly notMade: readonly RewardKind[];
  /** How often each reward was taken, by its id; one that nobody took is left out. */
  readonly taken: Readonly<Record<string, number>>;
  /** The program's stores. */
  readonly stores: readonly ProgramStore[];
  /** The store whose admin this is, by its id. */
  readonly here: string;
  readonly send: (wish: ProgramWish) => void;
  readonly busy: boolean;
  /** What became of the last wish. */
  readonly answer: ProgramAnswer | undefined;
};

const Context = createContext<ProgramContext | null>(null);
export const ProgramProvider = Context.Provider;

export const useProgram = (): ProgramContext => {
  const context = useContext(Context);
  if (context === null) throw new Error('useProgram is used outside a ProgramProvider.');
  return context;
};
