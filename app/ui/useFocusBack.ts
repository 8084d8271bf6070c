import { useEffect } from 'react';

const portals = '#PolarisPortalsContainer';

const isIn = (node: EventTarget | null): boolean => node instanceof Element && node.closest(portals) !== null;

/**
 * What closes (a menu, a dialog) gives the focus back to what it was opened from, so that whoever uses the keyboard goes
 * on from there. When what had the focus is gone itself (a row, a page), the focus goes to the main part, not to nowhere.
 * Where something else took it meanwhile, it stays there.
 */
export const useFocusBack = (): void => {
  useEffect(() => {
    let opener: HTMLElement | null = null;
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && !isIn(target)) opener = target;
    };
    const watch = new MutationObserver((changes) => {
      if (document.activeElement !== document.body || opener === null) return;
      if (!opener.isConnected) return document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
      if (changes.some(({ target, removedNodes }) => removedNodes.length > 0 && isIn(target))) opener.focus();
    });
    document.addEventListener('focusin', remember);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      watch.disconnect();
    };
  }, []);
};
