/** A value that changes, as the platform hands it to extensions. */
export const signal = <Value>(first: Value) => {
  let value = first;
  const told = new Set<(next: Value) => void>();
  return {
    get value(): Value {
      return value;
    },
    get current(): Value {
      return value;
    },
    subscribe: (tell: (next: Value) => void): (() => void) => {
      told.add(tell);
      return () => void told.delete(tell);
    },
    set: (next: Value): void => {
      value = next;
      for (const tell of told) tell(next);
    },
  };
};
