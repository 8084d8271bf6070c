import { useEffect, useLayoutEffect, useRef } from 'react';
import { focusBeside, focusMain, gapOf, type Gap } from './focusBeside';

const portals = '#PolarisPortalsContainer';
const dialogs = `${portals} [role=dialog]`;

const isIn = (node: EventTarget | null): boolean => node instanceof Element && node.closest(portals) !== null;

/**
 * Whoever uses the keyboard goes on from where they are, whatever a press does to the page. What closes (a menu, a
 * dialog) gives the focus back to what it was opened from; a button that waits for an answer has it again afterwards;
 * when what had the focus is gone (a row, a button that became a sentence) or can no longer be used, the nearest thing
 * gets it; and on another page its main part. Where something else took it meanwhile, it stays there.
 *
 * `busy`: an answer is on its way, and what cannot be used now may be usable again.
 */
export const useFocusBack = (busy: boolean): void => {
  const watch = useRef<FocusWatch | null>(null);
  const isBusy = useRef(busy);
  useLayoutEffect(() => {
    isBusy.current = busy;
    // Not before the page is drawn as it is without the answer on its way.
    queueMicrotask(() => watch.current?.look());
  }, [busy]);
  useEffect(() => {
    const started = watchFocus(() => isBusy.current);
    watch.current = started;
    return started.end;
  }, []);
};

type FocusWatch = { readonly look: () => void; readonly end: () => void };

const watchFocus = (isBusy: () => boolean): FocusWatch => {
  // What had the focus last, and what had it last outside of menus and dialogs: that is what they were opened from.
  let held: HTMLElement | null = null;
  let opener: HTMLElement | null = null;
  let gap: Gap | null = null;
  let page = '';
  let [isByKeys, isAway, waits] = [false, false, false];
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    [held, waits] = [target, false];
    if (!isIn(target)) [opener, page, gap] = [target, location.pathname, null];
  };
  const settle = (changes: readonly MutationRecord[]): void => {
    if (opener?.isConnected === false) gap ??= gapOf(opener, changes);
    if (held === null || isAway) return;
    const isLost = document.activeElement === document.body;
    if (held.isConnected && held.matches(':disabled')) {
      waits ||= isByKeys && (isLost || document.activeElement === held);
      const isWaiting = isBusy() || held.getAttribute('aria-busy') === 'true';
      if (waits && !isWaiting && held.parentElement !== null)
        focusBeside({ gone: held, parent: held.parentElement, next: held, added: [] });
    } else if (isLost && held.isConnected) {
      const hasClosed = changes.some(({ target, removedNodes }) => removedNodes.length > 0 && isIn(target));
      if (waits || hasClosed) held.focus();
    } else if (isLost) {
      const inside = gapOf(held, changes);
      if (inside?.parent.closest(dialogs) != null) focusBeside(inside);
      else if (opener?.isConnected === true) opener.focus();
      else leave();
    }
  };
  // Who points sees where to go on; and a field that took the focus would open the keyboard of a phone.
  const leave = (): void => {
    if (isByKeys && page === location.pathname && gap?.parent.isConnected === true) focusBeside(gap);
    else focusMain();
  };
  const observer = new MutationObserver(settle);
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener('focusin', remember, { signal });
  document.addEventListener('keydown', () => (isByKeys = true), { signal, capture: true });
  document.addEventListener('pointerdown', () => (isByKeys = false), { signal, capture: true });
  // Nothing is taken from who writes in Shopify's own pages around the app.
  window.addEventListener('blur', () => (isAway = true), { signal });
  window.addEventListener('focus', () => (isAway = false), { signal });
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return {
    look: () => settle([]),
    end: () => {
      stop.abort();
      observer.disconnect();
    },
  };
};
