import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { neededParts } from '~/core/storefront/parts';
import type { loader } from '~/routes/app.parts';

const address = '/app/parts';

/**
 * The parts of the storefront, asked of the shop once the page stands, and `each time` also when the merchant comes
 * back from another tab, where the theme editor is. `parts`: undefined before the answer, null without one.
 */
export const useParts = (often: 'once' | 'each time') => {
  const fetcher = useFetcher<typeof loader>();
  const load = useRef(fetcher.load);
  load.current = fetcher.load;
  useEffect(() => {
    const ask = (): void => load.current(address);
    ask();
    if (often === 'once') return;
    const askWhenBack = (): void => {
      if (document.visibilityState === 'visible') ask();
    };
    document.addEventListener('visibilitychange', askWhenBack);
    return () => document.removeEventListener('visibilitychange', askWhenBack);
  }, [often]);
  return {
    parts: fetcher.data?.parts,
    isAsking: fetcher.state !== 'idle',
    ask: () => fetcher.load(address),
  };
};

/** How many parts the shop does not show without which shoppers do not see the program; 0 while nobody knows. */
export const useMissingParts = (): number =>
  useParts('once').parts?.filter(({ name, isShown }) => isShown === false && neededParts.includes(name)).length ?? 0;
