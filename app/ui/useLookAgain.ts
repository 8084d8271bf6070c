import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

const lookAgainMs = 1500;

/** Whether anybody answers: a page that cannot be read again would give way to the trouble with it. */
const isAnswered = (): Promise<boolean> =>
  fetch('/healthz', { cache: 'no-store' }).then(
    () => true,
    () => false,
  );

/**
 * While something is on its way, the page asks again and again how far it came. While nobody answers it stays as it is.
 */
export const useLookAgain = (isOnItsWay: boolean): void => {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isOnItsWay) return undefined;
    let isLeft = false;
    const timer = setInterval(() => {
      void isAnswered().then((is) => {
        if (is && !isLeft) revalidate();
      });
    }, lookAgainMs);
    return () => {
      isLeft = true;
      clearInterval(timer);
    };
  }, [isOnItsWay, revalidate]);
};
