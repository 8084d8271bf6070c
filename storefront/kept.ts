/** What has to outlive a page: storage may be forbidden, then nothing is kept and the page is right without it. */
const box = <Value>(name: string) => ({
  keep: (value: Value): void => {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      /* the page is right without it */
    }
  },
  /** What is kept. It stays until it is forgotten: where it is not for, it is only looked at. */
  look: (): Value | null => {
    try {
      const text = sessionStorage.getItem(name);
      return text === null ? null : (JSON.parse(text) as Value);
    } catch {
      return null;
    }
  },
  forget: (): void => {
    try {
      sessionStorage.removeItem(name);
    } catch {
      /* nothing was kept */
    }
  },
});

/** What has to be said, and the code at which the focus belongs, once the page is painted anew. */
export const message = box<{ readonly text: string; readonly kind: string; readonly code: string }>('fidelio-said');

/** What the shopper had chosen when the shop asked to sign in first. */
export const choice = box<Choice>('fidelio-choice');

export type Choice = {
  /** By which the app knows the wish again. */
  readonly id: string;
  /** Where it was made: in the cart, in the panel, on the page of the program. */
  readonly surface: string;
  readonly reward: string;
  readonly points: number;
  readonly answer: string | null;
  readonly variant: string | null;
};
