/**
 * A field that is left says what is wrong with it, and what stands below moves down. When it is left by a press on
 * something below, that must not move before the press is over: else the press comes to nothing.
 */

const waiting = new Set<() => void>();
let isPressed = false;

const press = (): void => {
  isPressed = true;
};

// The click comes right after; what waits is done behind it.
const release = (): void => {
  isPressed = false;
  setTimeout(() => {
    const due = [...waiting];
    waiting.clear();
    for (const run of due) run();
  });
};

if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', press, true);
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, release, true);
}

/** Does it at once; while something is being pressed, as soon as the press is over. */
export const afterPress = (run: () => void): void => {
  if (isPressed) waiting.add(run);
  else run();
};
