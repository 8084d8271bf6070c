import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { changesOf } from '~/core/program/changes';
import type { ProgramDocument } from '~/core/program/document';
import { mergeDocuments } from '~/core/program/merge';
import { readDocument } from '~/core/program/migration';

export type Published = { readonly version: number; readonly document: ProgramDocument };

type State = {
  /** The version on which the merchant began: it belongs to the draft, whatever is published meanwhile. */
  readonly basedOn: Published;
  readonly document: ProgramDocument;
  /** Counts what replaced the whole draft, so that fields show it instead of what was typed. */
  readonly shown: number;
};

const isUnchanged = (from: ProgramDocument, to: ProgramDocument): boolean => changesOf(from, to).length === 0;

/**
 * The draft of a program beside what is published. Another version takes the draft's place only when nothing was
 * changed, or when it is what this page saved: then what was typed meanwhile goes on on top of it. Otherwise the two
 * are `apart`, and saving is refused until they are put together.
 */
export const useProgramDraft = (published: Published, savedVersion: number | null) => {
  const [state, setState] = useState<State>({ basedOn: published, document: published.document, shown: 0 });
  const sent = useRef<ProgramDocument | null>(null);
  const { basedOn, document, shown } = state;
  const change = useCallback(
    (part: Partial<ProgramDocument>) => setState((now) => ({ ...now, document: { ...now.document, ...part } })),
    [],
  );
  const replace = useCallback((next: ProgramDocument, base?: Published) => {
    setState((now) => ({ basedOn: base ?? now.basedOn, document: next, shown: now.shown + 1 }));
  }, []);
  useEffect(() => {
    setState((now) => {
      if (published.version === now.basedOn.version) return now;
      const mine = sent.current;
      if (savedVersion === published.version && mine !== null) {
        return { ...now, basedOn: published, document: onTop(mine, published.document, now.document) };
      }
      return isUnchanged(now.basedOn.document, now.document)
        ? { basedOn: published, document: published.document, shown: now.shown + 1 }
        : now;
    });
  }, [published, savedVersion]);
  const read = useMemo(() => readDocument(document), [document]);
  return {
    basedOn,
    document,
    shown,
    changed: !isUnchanged(basedOn.document, document),
    apart: published.version !== basedOn.version && savedVersion !== published.version,
    issues: read.ok ? [] : read.error,
    change,
    replace,
    /** What a save sends; remembered, to know it again when it comes back as published. */
    sending: (what: State['document'], version: number): string => {
      sent.current = what;
      return JSON.stringify({ basedOn: version, document: what });
    },
  };
};

/** What was typed while a save was on its way, on top of what was saved. */
const onTop = (saved: ProgramDocument, published: ProgramDocument, typed: ProgramDocument): ProgramDocument => {
  if (isUnchanged(saved, typed)) return published;
  const first = mergeDocuments(saved, published, typed);
  return mergeDocuments(
    saved,
    published,
    typed,
    Object.fromEntries(first.conflicts.map(({ path }) => [path.join('.'), 'mine' as const])),
  ).document;
};
