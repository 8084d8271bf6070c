import { useFetcher, useLocation } from '@remix-run/react';
import type { ProgramAnswer, ProgramWish } from '~/http/shopify/programActions';
import { answerOf, type Unanswered } from '../sending';

/**
 * Sends what the pages of the program ask for, from whichever of them: the page stays where it is. `busy`: an answer is
 * on its way, or what it changed is being read.
 */
export const useProgramWishes = (): {
  readonly send: (wish: ProgramWish) => void;
  readonly busy: boolean;
  readonly answer: ProgramAnswer | undefined;
  readonly unsent: Unanswered | null;
} => {
  const fetcher = useFetcher({ key: 'program' });
  const { pathname } = useLocation();
  // The page that is open: it is there without a connection, too.
  const action = pathname === '/app/program' ? `${pathname}?index` : pathname;
  const submit = (body: string): void => fetcher.submit(body, { method: 'post', action, encType: 'application/json' });
  const { answer, unsent } = answerOf<ProgramAnswer>(fetcher.data, (sent) => {
    if (typeof sent.body === 'string') submit(sent.body);
  });
  return { send: (wish) => submit(JSON.stringify(wish)), busy: fetcher.state !== 'idle', answer, unsent };
};
