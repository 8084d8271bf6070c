/** Where something stood that is gone, or cannot be used: in what, before what, and what came there with it. */
export type Gap = {
  readonly gone: HTMLElement;
  readonly parent: Element;
  readonly next: Node | null;
  readonly added: readonly Node[];
};

// What can be pressed or filled in; a banner that can be read by Tab is neither.
const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary' as const;

const isReachable = (one: HTMLElement): boolean =>
  !one.matches(':disabled, [tabindex="-1"]') &&
  // Where nothing is drawn (in tests), everything is seen.
  one.checkVisibility?.({ visibilityProperty: true }) !== false;

const isAfter = (one: Element, { parent, next }: Gap): boolean => {
  if (!parent.contains(one)) return (parent.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  if (next === null) return false;
  return next.contains(one) || (next.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
};

const textOf = (one: HTMLElement): string =>
  one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent ?? '';

// A page that is drawn anew has the same again.
const isTwin = (one: HTMLElement, gone: HTMLElement): boolean =>
  one.tagName === gone.tagName && textOf(gone) !== '' && textOf(one) === textOf(gone);

const stopsIn = (part: Element): readonly HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(stops)].filter(isReachable);

/**
 * Gives the focus to what has taken the place of something that is gone; else to what is nearest to the gap: in the
 * smallest part of the page that has anything, what follows, else what comes before. Where there is nothing at all, to
 * the main part.
 */
export const focusBeside = (gap: Gap): void => {
  const around = stopsIn(gap.parent);
  const isNew = (one: HTMLElement): boolean => gap.added.some((node) => node.contains(one));
  const instead = around.find((one) => isTwin(one, gap.gone)) ?? around.find(isNew);
  if (instead !== undefined) return instead.focus();
  for (let part: Element | null = gap.parent; part !== null && part !== document.body; part = part.parentElement) {
    const all = stopsIn(part);
    const found = all.find((one) => isAfter(one, gap)) ?? all.at(-1);
    if (found !== undefined) return found.focus();
  }
  focusMain();
};

/** The first thing of a part of the page that can be used, such as the first field of what was just added. */
export const focusFirstIn = (part: Element): void => stopsIn(part)[0]?.focus();

/** The beginning of the page, for who comes to another one. */
export const focusMain = (): void => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });

const removes = ({ removedNodes }: MutationRecord, one: Node): boolean =>
  [...removedNodes].some((node) => node.contains(one));

/** Where something stood before these changes took it out; null: they did not. */
export const gapOf = (gone: HTMLElement, changes: readonly MutationRecord[]): Gap | null => {
  let [lost, gap]: [Node, MutationRecord | null] = [gone, null];
  for (const change of changes)
    if (removes(change, lost)) {
      gap = change;
      lost = change.target;
    }
  if (gap === null || !(gap.target instanceof Element) || !gap.target.isConnected) return null;
  const parent = gap.target;
  let next = gap.nextSibling;
  // What followed may be gone by the same changes, too.
  while (next !== null && !parent.contains(next)) {
    const after: Node = next;
    next = changes.find(({ removedNodes }) => [...removedNodes].includes(after as ChildNode))?.nextSibling ?? null;
  }
  const added = changes.flatMap(({ target, addedNodes }) => (target === parent ? [...addedNodes] : []));
  return { gone, parent, next, added };
};
