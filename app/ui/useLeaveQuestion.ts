import { useBlocker } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';

/**
 * Leaving the page while something is unsaved asks first, in Shopify's own words: by a link, the side bar or the way
 * back.
 */
export const useLeaveQuestion = (unsaved: boolean): void => {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const { proceed, reset } = blocker;
    // Who stays leaves the promise open, or has it rejected.
    shopify.saveBar.leaveConfirmation?.().then(proceed, reset);
  }, [blocker, shopify]);
};
