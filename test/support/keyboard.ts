import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Merchant } from './story';

type Name = string | RegExp;
type Role = Parameters<Locator['getByRole']>[0];

/** A merchant without a mouse: goes from one thing to the next, presses keys, and says where the focus is. */
export const keyboardOf = (merchant: Merchant) => {
  const { page, admin } = merchant;
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const isFocused = (target: Locator): Promise<boolean> =>
    target.evaluate((element) => element === element.ownerDocument.activeElement);
  const by =
    (role: Role) =>
    (name: Name): Locator =>
      admin.getByRole(role, { name, exact: typeof name === 'string' });
  /** Goes on from where the focus is until it is there. */
  const goTo = async (target: Locator, key = 'Tab'): Promise<void> => {
    await target.waitFor();
    for (let step = 0; step < 200; step += 1) {
      if (await isFocused(target)) return;
      await press(key);
    }
    throw new Error(`the focus does not come to ${String(target)}`);
  };
  const enter = async (target: Locator, key = 'Enter', way = 'Tab'): Promise<void> => {
    await goTo(target, way);
    await press(key);
  };
  return {
    press,
    goTo,
    enter,
    button: by('button'),
    link: by('link'),
    tab: by('tab'),
    item: by('menuitem'),
    field: (name: Name): Locator => admin.getByLabel(name, { exact: typeof name === 'string' }),
    /** Waits until this has the focus: "nowhere" is where nothing has it, "the page" its main part. */
    focusIs: async (name: Name): Promise<void> => {
      const there = expect.poll(() => merchant.ask(nameOfFocused), { timeout: 10_000 });
      await (typeof name === 'string' ? there.toBe(name) : there.toMatch(name));
    },
    /** Writes over what stands in a field. */
    write: async (target: Locator, text: string): Promise<void> => {
      await goTo(target);
      await press('Control+A');
      await page.keyboard.type(text);
    },
    /** Presses what opens the browser's own window for files, and takes one there. */
    bring: async (target: Locator, name: string, text: string): Promise<void> => {
      const chosen = page.waitForEvent('filechooser');
      await enter(target);
      await (await chosen).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    },
    /** Presses what saves a file. Answers what is in it. */
    saved: async (target: Locator): Promise<string> => {
      await goTo(target);
      const file = page.waitForEvent('download');
      await press('Enter');
      return readFile(await (await file).path(), 'utf8');
    },
  };
};

const nameOfFocused = (): string => {
  const one = document.activeElement;
  if (one === null || one === document.body) return 'nowhere';
  if (one.tagName === 'MAIN') return 'the page';
  const label = (one as HTMLInputElement).labels?.[0]?.textContent;
  return (one.getAttribute('aria-label') ?? label ?? one.textContent ?? '').trim();
};
