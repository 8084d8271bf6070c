import { instant, type Instant } from '~/core/values/instant';

type Dated<State> = { readonly at: Instant; readonly state: State };

/** Things by id, each with its states over time. */
export type Timeline<Id extends string, State> = {
  /** A state that holds from a moment on; of two of one moment the later told. */
  readonly put: (id: Id, state: State, at: Instant) => void;
  /** Forgets all states of a thing. */
  readonly remove: (id: Id) => void;
  /** The state by now, and since when; a thing that comes into being later only is as it will be at first. */
  readonly now: (id: Id) => Dated<State> | null;
  /** All things that there are, each in its state by now. */
  readonly all: () => readonly (Dated<State> & { readonly id: Id })[];
};

/** The end of time: a shop without a clock shows the newest states. */
export const always: Instant = instant(8.64e15);

export const createTimeline = <Id extends string, State>(clock: () => Instant): Timeline<Id, State> => {
  const things = new Map<Id, Dated<State>[]>();
  const now = (id: Id): Dated<State> | null => {
    const states = things.get(id) ?? [];
    return states.findLast(({ at }) => at <= clock()) ?? states[0] ?? null;
  };
  return {
    put: (id, state, at) => {
      const states = things.get(id) ?? [];
      const next = states.findIndex((one) => one.at > at);
      states.splice(next < 0 ? states.length : next, 0, { at, state });
      things.set(id, states);
    },
    remove: (id) => void things.delete(id),
    now,
    all: () =>
      [...things.keys()].flatMap((id) => {
        const state = now(id);
        return state === null ? [] : [{ id, ...state }];
      }),
  };
};
