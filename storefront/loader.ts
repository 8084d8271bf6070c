// The first script of ours on a page, and all that the page waits for. Liquid has painted everything, so the parts'
// script comes once the page is there, or with the shopper's first act: what is seen first never waits behind it.

const acts = ['pointerdown', 'keydown', 'focusin'] as const;
let isComing = false;
let pressed: HTMLElement | null = null;

/** A press on what only the script can do is kept until it is there: it would be lost. */
const keepPress = (event: Event): void => {
  const button = (event.target as Element).closest<HTMLElement>('fidelio-rewards button');
  if (button === null) return;
  event.preventDefault();
  event.stopPropagation();
  pressed?.removeAttribute('aria-disabled');
  pressed = button;
  pressed.setAttribute('aria-disabled', 'true');
  bring();
};

const takeOver = (): void => {
  removeEventListener('click', keepPress, true);
  for (const act of acts) removeEventListener(act, bring, true);
  pressed?.removeAttribute('aria-disabled');
  pressed?.click();
};

/** It did not come: who pressed is told, and the next act asks again. */
const sayMissing = (): void => {
  isComing = false;
  pressed?.removeAttribute('aria-disabled');
  const part = pressed?.closest<HTMLElement>('fidelio-rewards');
  const status = part?.querySelector('[role=status]');
  if (status) status.textContent = part?.dataset.failed ?? '';
  pressed = null;
};

const bring = (): void => {
  const source = document.querySelector<HTMLElement>('[data-parts]')?.dataset.parts;
  if (isComing || source === undefined) return;
  isComing = true;
  const script = document.createElement('script');
  script.src = source;
  script.onload = takeOver;
  script.onerror = sayMissing;
  document.head.append(script);
};

addEventListener('click', keepPress, true);
for (const act of acts) addEventListener(act, bring, true);
// The frame that is being painted now goes first.
const afterPainting = (): number => requestAnimationFrame(() => setTimeout(bring));
if (document.readyState === 'complete') afterPainting();
else addEventListener('load', afterPainting);
