import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ShopWords } from '~/views/shopWords';

/** What words of a shop are words of. */
export type WordKind = keyof ShopWords;

type Offered = Readonly<Partial<Record<WordKind, readonly string[]>>>;
type Words = { readonly offered: Offered; readonly want: () => void };

// A page without the shop offers nothing: words are written.
const Context = createContext<Words>({ offered: {}, want: () => undefined });

/** Reads the words that a shop uses; throws when there is no answer. */
export type ReadWords = () => Promise<ShopWords>;

const readWords: ReadWords = async () => {
  const answer = await fetch('/app/words');
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as ShopWords;
};

/** Keeps the words that the shop uses, for the fields in which they are written: read when the first is used. */
export const ShopWordsProvider = ({
  read = readWords,
  children,
}: {
  readonly read?: ReadWords;
  readonly children: ReactNode;
}) => {
  const [found, setFound] = useState<Offered>({});
  const isAsked = useRef(false);
  const want = useCallback(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    // Without an answer they are written; the next field asks again.
    read().then(setFound, () => (isAsked.current = false));
  }, [read]);
  const words = useMemo(() => ({ offered: found, want }), [found, want]);
  return <Context.Provider value={words}>{children}</Context.Provider>;
};

const nothing = { words: [], want: () => undefined };

/** The words of a kind that the shop uses, as far as they were read, and how to have them read; null: it knows none. */
export const useShopWords = (
  kind: WordKind | null,
): { readonly words: readonly string[]; readonly want: () => void } => {
  const { offered, want } = useContext(Context);
  return kind === null ? nothing : { words: offered[kind] ?? [], want };
};
