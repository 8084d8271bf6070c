import { useFetcher } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { FirstRun } from '~/core/program/firstRun';
import { isUnsent, keepIntent } from '../sending';

const pauseMs = 400;
/** How long to wait after each failure in a row; after the last one only another choice is sent. */
const againMs = [2_000, 10_000, 60_000];

/** What got no answer, and how often in a row. */
type Failed = { readonly text: string; readonly times: number };

/** The choices as a form has them: texts only. */
export const choicesForm = ({ variantIds, ...choices }: FirstRun): Record<string, string> => ({
  ...choices,
  ...(variantIds === undefined ? {} : { variantIds: JSON.stringify(variantIds) }),
});

/** Sends what is chosen after a pause, so that the page opened again shows it; what got no answer, again. */
export const useKeeping = (choices: FirstRun): void => {
  const { submit, data } = useFetcher();
  const text = JSON.stringify(choices);
  const sent = useRef(text);
  const [failed, setFailed] = useState<Failed | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    const last = sent.current;
    setFailed((before) =>
      isUnsent(data) ? { text: last, times: before?.text === last ? before.times + 1 : 1 } : null,
    );
  }, [data]);
  useEffect(() => {
    const isAgain = text === failed?.text;
    if (text === sent.current && !isAgain) return;
    const pause = isAgain ? againMs[failed.times - 1] : pauseMs;
    if (pause === undefined) return;
    const timer = setTimeout(() => {
      if (!isAgain) setFailed(null);
      sent.current = text;
      submit({ ...choicesForm(JSON.parse(text) as FirstRun), intent: keepIntent }, { method: 'post' });
    }, pause);
    return () => clearTimeout(timer);
  }, [text, failed, submit]);
};
