import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

const lookAgainMs = 1500;

/** While something is on its way, the page asks again and again how far it came. */
export const useLookAgain = (isOnItsWay: boolean): void => {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isOnItsWay) return undefined;
    const timer = setInterval(() => {
      if (navigator.onLine) revalidate();
    }, lookAgainMs);
    return () => clearInterval(timer);
  }, [isOnItsWay, revalidate]);
};
