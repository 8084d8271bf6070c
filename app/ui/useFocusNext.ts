import { useCallback, useEffect, useRef } from 'react';

/** Gives the focus to an element, by its id, once it is drawn: to what was added, or what brings back what was deleted. */
export const useFocusNext = (): ((id: string) => void) => {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    document.getElementById(wanted.current)?.focus();
    wanted.current = null;
  });
  return useCallback((id) => {
    wanted.current = id;
  }, []);
};
