import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

type Signal<Value> = {
  readonly value: Value;
  subscribe(told: (value: Value) => void): () => void;
};

/** The present value of what Shopify's page keeps up to date; the component is painted anew when it changes. */
export const useLive = <Value>(signal: Signal<Value>): Value => {
  // It is one signal as long as the page is open, under whatever reference the platform hands it out.
  const [same] = useState(() => signal);
  const [, paint] = useState<unknown>();
  useEffect(() => {
    paint(same.value);
    return same.subscribe((value) => paint(value));
  }, [same]);
  return same.value;
};

/** What the app answers. While it is asked again what was known stays. */
export type Asked<Answer> = {
  readonly answer: Answer | null;
  readonly error: unknown;
  readonly again: () => void;
  /** Puts a newer answer in the place of the old one. */
  readonly put: (answer: Answer) => void;
};

/** Asks when the component appears, and whenever `about` changes. An answer that was overtaken is not shown. */
export const useAsked = <Answer>(asking: () => Promise<Answer>, about = ''): Asked<Answer> => {
  const [state, setState] = useState<{ answer: Answer | null; error: unknown }>({ answer: null, error: null });
  const [round, setRound] = useState(0);
  const latest = useRef(asking);
  latest.current = asking;
  useEffect(() => {
    let isOver = false;
    latest.current().then(
      (answer) => isOver || setState({ answer, error: null }),
      (error: unknown) => isOver || setState(({ answer }) => ({ answer, error })),
    );
    return () => void (isOver = true);
  }, [about, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const put = useCallback((answer: Answer) => setState({ answer, error: null }), []);
  return { ...state, again, put };
};

/** What a page has to say after somebody acted. */
export type Said = { readonly text: string; readonly tone: 'success' | 'critical' | 'info' };

/** One act at a time: which one is under way, and what has to be said of the last. */
export const useActs = (whyNot: (error: unknown) => string) => {
  const [busy, setBusy] = useState<string | null>(null);
  const [said, tell] = useState<Said | null>(null);
  // A second press may come before the button is painted as busy.
  const isActing = useRef(false);
  const act = async (name: string, work: () => Promise<Said | null>): Promise<void> => {
    if (isActing.current) return;
    isActing.current = true;
    setBusy(name);
    tell(null);
    try {
      tell(await work());
    } catch (error) {
      tell({ text: whyNot(error), tone: 'critical' });
    } finally {
      isActing.current = false;
      setBusy(null);
    }
  };
  return { busy, said, act: (name: string, work: () => Promise<Said | null>) => void act(name, work) };
};
