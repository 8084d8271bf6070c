import { useEffect, useMemo, useRef, useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import type { RewardKind } from '~/core/rewards/section';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { issueInWords } from '~/i18n/documentWords';
import type { ProgramStore } from '~/views/programEditor';
import { useWriting } from '../language';
import type { ProgramContext, PublishedVersion, ServerDraft } from './programContext';
import { isSameSave, useProgramDraft, type ProgramDraftState, type Saved } from './useProgramDraft';
import { useProgramWishes } from './useProgramWishes';

/** What the pages of the program are given by the server. */
export type ProgramData = PublishedVersion & {
  readonly draft: ServerDraft | null;
  /** The version on which the draft was begun, where another one is in force by now. */
  readonly base: ProgramDocument | null;
  /** Kinds of rewards that the store's platform cannot make. */
  readonly notMade: readonly RewardKind[];
  readonly stores: readonly ProgramStore[];
  /** The store whose admin this is, by its id. */
  readonly here: string;
  /** How often each reward was taken, by its id. */
  readonly taken: Readonly<Record<string, number>>;
};

/** Two documents that have to be put together: a newer draft and my edits, or a newer version and the draft. */
export type Apart = {
  /** What the other made of it: saved the draft, published a version, or discarded the draft. */
  readonly kind: 'draft' | 'version' | 'discarded';
  /** What of mine is put together with it: edits that are not saved, or the draft. */
  readonly of: 'edits' | 'draft';
  readonly base: ProgramDocument;
  readonly theirs: ProgramDocument;
  readonly mine: ProgramDocument;
  /** Who made theirs, and when. */
  readonly isOwn: boolean;
  readonly at: number;
  readonly together: (merged: ProgramDocument) => void;
  readonly discard: () => void;
};

/** One draft for all pages of the program: its edits, how they are saved, and what others saved meanwhile. */
export const useEditing = (data: ProgramData) => {
  const say = useWriting();
  const { draft: server, base, notMade, taken, stores, here, ...published } = data;
  const { send, busy, answer, unsent } = useProgramWishes();
  const saved = useMemo<Saved>(
    () => data.draft ?? { revision: null, basedOn: data.version, document: data.document },
    [data],
  );
  const isSaved = answer?.intent === 'save' && answer.refusal === null;
  const draft = useProgramDraft(saved, isSaved ? answer.revision : undefined);
  const [attempt, setAttempt] = useState(0);
  const save = (document: ProgramDocument, on: Saved): void =>
    send({ intent: 'save', document: draft.sending(document), basedOn: on.basedOn, revision: on.revision });
  useSaveAgain(busy ? undefined : answer, draft, saved, save);
  const takeSaved = (): void => {
    setAttempt(0);
    draft.replace(saved.document, saved);
  };
  const putTogether = (merged: ProgramDocument, on: Saved): void => {
    draft.replace(merged, saved);
    save(merged, on);
  };
  const apart = (): Apart | null => {
    if (draft.changed && draft.apart)
      return {
        kind: server !== null ? 'draft' : draft.seen.basedOn < published.version ? 'version' : 'discarded',
        ...{ of: 'edits', base: draft.seen.document, theirs: saved.document, mine: draft.document },
        isOwn: server?.isOwn ?? published.isOwn,
        at: server?.savedAt ?? published.publishedAt,
        together: (merged) => putTogether(merged, saved),
        discard: takeSaved,
      };
    if (draft.changed || server === null || base === null || server.scheduledFor !== null) return null;
    return {
      kind: 'version',
      ...{ of: 'draft', base, theirs: published.document, mine: draft.document },
      isOwn: published.isOwn,
      at: published.publishedAt,
      together: (merged) => putTogether(merged, { ...saved, basedOn: published.version }),
      discard: () => send({ intent: 'discard', revision: server.revision ?? 0 }),
    };
  };
  return {
    context: { published, server, draft, ...mistakesOf(draft, say), notMade, taken, stores, here, send, busy, answer },
    unsent,
    attempt,
    apart: apart(),
    takeSaved,
    save: () => {
      setAttempt(draft.issues.length > 0 ? attempt + 1 : 0);
      save(draft.document, draft.seen);
    },
  };
};

/** What is wrong with a draft, as the fields ask for it. */
const mistakesOf = (
  draft: ProgramDraftState,
  say: ReturnType<typeof useWriting>,
): Pick<ProgramContext, 'errorAt' | 'isWrong'> => ({
  errorAt: (path) => {
    const issue = draft.issues.find((one) => one.path === path);
    return issue === undefined ? undefined : issueInWords(issue, [draft.document], say);
  },
  isWrong: (path) => draft.issues.some((one) => one.path === path || one.path.startsWith(`${path}.`)),
});

/**
 * The draft that refused a save was this page's own: the answer to an earlier save got lost. What was typed since then
 * stands on top of it by now, and is saved with the same press.
 */
const useSaveAgain = (
  answer: ProgramAnswer | undefined,
  draft: ProgramDraftState,
  saved: Saved,
  save: (document: ProgramDocument, on: Saved) => void,
): void => {
  const handled = useRef<ProgramAnswer>();
  useEffect(() => {
    if (answer?.intent !== 'save' || answer.refusal !== 'draft_changed' || handled.current === answer) return;
    // It is about to take the place of what this page began with.
    if (!draft.apart && !isSameSave(draft.seen, saved)) return;
    handled.current = answer;
    if (!draft.apart && draft.changed) save(draft.document, draft.seen);
  });
};
