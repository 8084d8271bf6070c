import { useBlocker } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';

/**
 * Leaving while something is unsaved asks first, in Shopify's own words: by a link, the side bar or the way back.
 * `within`: the pages that share what is unsaved, by the beginning of their addresses.
 */
export const useLeaveQuestion = (unsaved: boolean, within: string): void => {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ nextLocation: { pathname } }) => unsaved && pathname !== within && !pathname.startsWith(`${within}/`),
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const { proceed, reset } = blocker;
    // Who stays leaves the promise open, or has it rejected.
    shopify.saveBar.leaveConfirmation?.().then(proceed, reset);
  }, [blocker, shopify]);
};
