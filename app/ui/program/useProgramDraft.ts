import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { changesOf } from '~/core/program/changes';
import type { ProgramDocument } from '~/core/program/document';
import { draftJson } from '~/core/program/draft';
import { mergeDocuments } from '~/core/program/merge';
import { readDocument } from '~/core/program/migration';

/** The draft as the server has it (`revision` null: there is none), and the version on which it was begun. */
export type Saved = {
  readonly revision: number | null;
  readonly basedOn: number;
  readonly document: ProgramDocument;
};

type State = {
  /** What the server had when editing began: it belongs to the edits, whatever others save meanwhile. */
  readonly seen: Saved;
  readonly document: ProgramDocument;
  /** Counts what replaced the whole document, so that fields show it instead of what was typed. */
  readonly shown: number;
};

const isUnchanged = (from: ProgramDocument, to: ProgramDocument): boolean => changesOf(from, to).length === 0;
export const isSameSave = (a: Saved, b: Saved): boolean => a.revision === b.revision && a.basedOn === b.basedOn;

/**
 * What somebody edits, beside what the server has. A newer draft takes its place only when nothing was changed here, or
 * when it is what this page saved: then what was typed meanwhile goes on on top of it. Otherwise the two are `apart`,
 * and saving is refused until they are put together.
 */
export const useProgramDraft = (server: Saved, savedRevision: number | null | undefined) => {
  const [state, setState] = useState<State>({ seen: server, document: server.document, shown: 0 });
  // What was sent and may be what the server has: of a save whose answer got lost nobody knows.
  const sent = useRef<readonly ProgramDocument[]>([]);
  const { seen, document, shown } = state;
  // Without a draft there is no number to know it by: it is mine as long as the version is still the same.
  const isAnswered =
    savedRevision !== undefined &&
    savedRevision === server.revision &&
    (savedRevision !== null || server.basedOn === seen.basedOn || isUnchanged(server.document, document));
  const isMine = isAnswered || (server.revision !== null && sentAs(server.document, sent.current) !== undefined);
  const change = useCallback(
    (part: Partial<ProgramDocument>) => setState((now) => ({ ...now, document: { ...now.document, ...part } })),
    [],
  );
  const replace = useCallback((next: ProgramDocument, base?: Saved) => {
    setState((now) => ({ seen: base ?? now.seen, document: next, shown: now.shown + 1 }));
  }, []);
  useEffect(() => {
    const mine = sentAs(server.document, sent.current) ?? sent.current.at(-1);
    // What was sent before it can come back only by somebody else.
    if (isMine && mine !== undefined) sent.current = sent.current.slice(sent.current.lastIndexOf(mine));
    setState((now) => {
      if (isSameSave(server, now.seen)) return now;
      if (isMine && mine !== undefined) {
        return { ...now, seen: server, document: onTop(mine, server.document, now.document) };
      }
      return isUnchanged(now.seen.document, now.document)
        ? { seen: server, document: server.document, shown: now.shown + 1 }
        : now;
    });
  }, [server, isMine]);
  const read = useMemo(() => readDocument(document), [document]);
  const changed = useMemo(() => !isUnchanged(seen.document, document), [seen, document]);
  return {
    seen,
    document,
    shown,
    changed,
    apart: !isSameSave(server, seen) && !isMine,
    /** The document when nothing is wrong with it. */
    valid: read.ok ? read.value : null,
    issues: read.ok ? noIssues : read.error,
    change,
    replace,
    /** What a save sends; remembered, to know it again when it comes back. */
    sending: (what: ProgramDocument): unknown => {
      sent.current = [...sent.current.slice(1 - sentKept), what];
      return JSON.parse(draftJson(what)) as unknown;
    },
  };
};

const noIssues = [] as const;
const sentKept = 10;

/** The one of what was sent that says what the server has. */
const sentAs = (server: ProgramDocument, sent: readonly ProgramDocument[]): ProgramDocument | undefined =>
  sent.findLast((one) => isUnchanged(one, server));

export type ProgramDraftState = ReturnType<typeof useProgramDraft>;

/** What was typed while a save was on its way, on top of what was saved. */
const onTop = (saved: ProgramDocument, server: ProgramDocument, typed: ProgramDocument): ProgramDocument => {
  if (isUnchanged(saved, typed)) return server;
  const first = mergeDocuments(saved, server, typed);
  return mergeDocuments(
    saved,
    server,
    typed,
    Object.fromEntries(first.conflicts.map(({ path }) => [path.join('.'), 'mine' as const])),
  ).document;
};
