import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef } from 'react';

/**
 * Tells what came of a press in Shopify's toast: once for each answer, however often the page is read or drawn again.
 * `text`: null where there is nothing to tell, or the page itself says it.
 */
export const useToast = (answer: object | undefined, text: string | null): void => {
  const shopify = useAppBridge();
  const told = useRef<object>();
  useEffect(() => {
    if (answer === undefined || text === null || told.current === answer) return;
    told.current = answer;
    shopify.toast.show(text);
  }, [answer, text, shopify]);
};
