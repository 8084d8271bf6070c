import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { FirstRun } from '~/core/program/firstRun';
import { keepIntent } from '../sending';

const pauseMs = 400;

/** Sends what is chosen after a pause, so that the page opened again shows it. */
export const useKeeping = (choices: FirstRun): void => {
  const { submit } = useFetcher();
  const text = JSON.stringify(choices);
  const kept = useRef(text);
  useEffect(() => {
    if (text === kept.current) return;
    const timer = setTimeout(() => {
      kept.current = text;
      submit({ ...(JSON.parse(text) as FirstRun), intent: keepIntent }, { method: 'post' });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, submit]);
};
