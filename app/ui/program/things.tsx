import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ProgramStore } from '~/views/programEditor';
import type { NamedThings } from '~/views/shopThings';
import { useWriting, WritingProvider } from '../language';

export type ThingKind = keyof NamedThings;
export type Thing = NamedThings[ThingKind][number];

const thingKinds = ['product', 'collection', 'variant'] as const satisfies readonly ThingKind[];

type Named = Readonly<Record<ThingKind, readonly string[]>>;
type Keys = ReadonlySet<string>;
/** By "product 31"; null: it is not in the shop any more. */
type Known = ReadonlyMap<string, Thing | null>;

type Things = {
  /** undefined: it is not known yet; null: it is not in the shop any more. */
  readonly thingOf: (kind: ThingKind, id: string) => Thing | null | undefined;
  /** Asks the shop what these are called, unless that is known. */
  readonly want: (kind: ThingKind, ids: readonly string[]) => void;
  /** Notes what is known already, because somebody chose it in the shop's own list. */
  readonly learn: (kind: ThingKind, things: readonly Thing[]) => void;
  /** The shop did not answer: how to ask again. */
  readonly askAgain: (() => void) | null;
};

const Context = createContext<Things | null>(null);

export const useThings = (): Things => {
  const things = useContext(Context);
  if (things === null) throw new Error('useThings is used outside a ThingsProvider.');
  return things;
};

const keyOf = (kind: ThingKind, id: string): string => `${kind} ${id}`;
const idsOf = (keys: readonly string[], kind: ThingKind): readonly string[] =>
  keys.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1));

/** Asks the server for names; throws when it has none to give. */
export type ReadThings = (asked: Named) => Promise<NamedThings>;

const readThings: ReadThings = async (asked) => {
  const query = new URLSearchParams(thingKinds.map((kind) => [kind, asked[kind].join(',')]));
  const answer = await fetch(`/app/things?${query.toString()}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as NamedThings;
};

const noStores: readonly ProgramStore[] = [];

// An address holds only so many ids.
const askedAtOnce = 100;

/** Keeps what the shop calls things, for all pages of the program: in its fields and in its sentences. */
export const ThingsProvider = ({
  named,
  stores = noStores,
  read = readThings,
  children,
}: {
  /** What the draft names. */
  readonly named: Named;
  /** The program's stores, which rules name as well. */
  readonly stores?: readonly ProgramStore[];
  readonly read?: ReadThings;
  readonly children: ReactNode;
}) => {
  const { known, want, learn, askAgain } = useNamedThings(named, read);
  const thingOf = useCallback((kind: ThingKind, id: string) => known.get(keyOf(kind, id)), [known]);
  const things = useMemo(() => ({ thingOf, want, learn, askAgain }), [thingOf, want, learn, askAgain]);
  const { language, names, currency, timeZone } = useWriting();
  const writing = useMemo(
    () => ({
      ...{ language, names, currency, timeZone },
      titleOf: (kind: ThingKind | 'store', id: string) =>
        kind === 'store' ? (stores.find((store) => store.id === id)?.name ?? null) : (thingOf(kind, id)?.title ?? null),
      isGone: (kind: ThingKind | 'store', id: string) =>
        kind === 'store' ? stores.length > 0 && !stores.some((store) => store.id === id) : thingOf(kind, id) === null,
    }),
    [language, names, currency, timeZone, thingOf, stores],
  );
  return (
    <Context.Provider value={things}>
      <WritingProvider writing={writing}>{children}</WritingProvider>
    </Context.Provider>
  );
};

/** How many of these are not in the shop any more; 0 while nobody knows. */
export const useGoneThings = (named: Named, read: ReadThings = readThings): number => {
  const { known } = useNamedThings(named, read);
  return thingKinds.flatMap((kind) => named[kind].filter((id) => known.get(keyOf(kind, id)) === null)).length;
};

const useNamedThings = (named: Named, read: ReadThings) => {
  const things = useKnownThings(read);
  const { want } = things;
  useEffect(() => {
    for (const kind of thingKinds) want(kind, named[kind]);
  }, [named, want]);
  return things;
};

const useKnownThings = (read: ReadThings) => {
  const [known, setKnown] = useState<Known>(new Map());
  const [wanted, setWanted] = useState<Keys>(new Set());
  const [isAway, setAway] = useState(false);
  const onItsWay = useRef(new Set<string>());
  useEffect(() => {
    const keys = [...wanted].filter((key) => !known.has(key) && !onItsWay.current.has(key)).slice(0, askedAtOnce);
    if (isAway || keys.length === 0) return;
    for (const key of keys) onItsWay.current.add(key);
    const done = (): void => keys.forEach((key) => onItsWay.current.delete(key));
    const asked = (kind: ThingKind) => idsOf(keys, kind);
    read({ product: asked('product'), collection: asked('collection'), variant: asked('variant') }).then(
      (found) => {
        done();
        setKnown((before) => new Map([...before, ...keys.map((key) => [key, null] as const), ...entriesOf(found)]));
      },
      () => {
        done();
        setAway(true);
      },
    );
  }, [wanted, known, isAway, read]);
  const want = useCallback((kind: ThingKind, ids: readonly string[]) => {
    const keys = ids.map((id) => keyOf(kind, id));
    setWanted((before) => (keys.every((key) => before.has(key)) ? before : new Set([...before, ...keys])));
  }, []);
  const learn = useCallback((kind: ThingKind, things: readonly Thing[]) => {
    setKnown((before) => new Map([...before, ...things.map((thing) => [keyOf(kind, thing.id), thing] as const)]));
  }, []);
  const again = useCallback(() => setAway(false), []);
  return { known, want, learn, askAgain: isAway ? again : null };
};

const entriesOf = (found: NamedThings): readonly (readonly [string, Thing])[] =>
  thingKinds.flatMap((kind) => found[kind].map((thing) => [keyOf(kind, thing.id), thing] as const));
