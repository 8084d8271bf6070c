declare const made: unique symbol;

/**
 * Work that follows from a write and is done later, by a job. Enqueued in the same transaction as the write, so that it
 * happens exactly when the write did. A job reads the newest state, so an effect carries ids, and no state that may
 * grow old. Only its kind makes one (`of`); it waits on the queue as `{ kind, … }`.
 */
export type Effect = { readonly kind: string; readonly [made]: true };

/** One kind of effects, and what they carry. The job of the kind says how they are done. */
export type EffectKind<Data extends object = object> = {
  readonly kind: string;
  of(data: Data): Effect & Data;
  is(effect: Effect): effect is Effect & Data;
};

/** A kind of effects by its name. The name is on the queue of every shop: it never changes. */
export const effectKind = <Data extends object>(kind: string): EffectKind<Data> => ({
  kind,
  of: (data) => ({ ...data, kind }) as Effect & Data,
  is: (effect): effect is Effect & Data => effect.kind === kind,
});
