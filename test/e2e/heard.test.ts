import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { keyboardOf } from 'test/support/keyboard';
import { publishRewards, saveDraft } from 'test/support/rewardStory';
import { giuliaBuys, startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

let story: Story;
let staff: Merchant;
let keys: ReturnType<typeof keyboardOf>;

type Listening = Window & { heard?: string[] };

/** Notes what a screen reader would say by itself: what comes into a live part of the page, or as one. */
const listen = (): void => {
  const heard: string[] = [];
  (window as Listening).heard = heard;
  const parts = '[aria-live],[role=status],[role=alert]';
  const note = (part: Element | null | undefined, into: Set<Element>): void => {
    if (part != null && part.getAttribute('aria-live') !== 'off') into.add(part);
  };
  new MutationObserver((changes) => {
    const live = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      note((target instanceof Element ? target : target.parentElement)?.closest(parts), live);
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const one of [node, ...node.querySelectorAll(parts)]) if (one.matches(parts)) note(one, live);
    }
    for (const part of live) if (part.isConnected && part.textContent?.trim()) heard.push(part.textContent.trim());
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
};

// What Polaris says of a button that waits, and of a page that has come.
const usual = /^Caricamento|Questa pagina è pronta$/;

/** What was heard since the last time, in the app and of Shopify's toasts. */
const heard = async (): Promise<readonly string[]> => {
  const take = (): readonly string[] => (window as Listening).heard?.splice(0) ?? [];
  const all = [...(await staff.ask(take)), ...(await staff.page.evaluate(take))];
  return all.filter((text) => !usual.test(text));
};
/** Opens a page and listens from then on. */
const open = async (path: string): Promise<void> => {
  await staff.open(path);
  await staff.page.waitForTimeout(1000);
  await staff.ask(listen);
  await staff.page.evaluate(listen);
};
/** All that is heard until it has been quiet for a while. */
const hears = async (...texts: readonly (string | RegExp)[]): Promise<void> => {
  const all: string[] = [];
  const more = async (): Promise<number> => all.push(...(await heard()));
  await expect.poll(more, { timeout: 60_000 }).toBeGreaterThanOrEqual(texts.length);
  await staff.page.waitForTimeout(1500);
  await more();
  expect(all).toEqual(texts.map((text) => (typeof text === 'string' ? text : expect.stringMatching(text))));
};

beforeAll(async () => {
  story = await startStory('e2e-heard');
  const rewards = [{ ...newReward('pool_code', 'cinema', 'EUR'), enabled: true, points: 10 }] as readonly Reward[];
  await publishRewards(story, rewards);
  await giuliaBuys(story, 3);
  staff = await story.merchant('it');
  keys = keyboardOf(staff);
}, slow);
afterAll(() => story?.end(), slow);

describe('what becomes of a press is heard once, in the reader’s language', () => {
  test('a draft is saved, and saved again', { timeout: slow }, async () => {
    await open('/app/program/policies');
    for (const days of ['20', '25']) {
      await keys.write(keys.field(/^Avvisi/), days);
      await keys.enter(keys.button('Salva'));
      await hears('Bozza salvata');
    }
  });

  test('a trial ends', { timeout: slow }, async () => {
    await saveDraft(story, ({ earning }) => ({
      earning: { ...earning, rates: earning.rates.map((rate) => ({ ...rate, points: 3 })) },
    }));
    await open('/app/program/simulation');
    await keys.enter(keys.button('Prova'));
    await hears('La simulazione è conclusa.');
  });

  test('a version is published', { timeout: slow }, async () => {
    await open('/app/program/review');
    await keys.enter(keys.button('Pubblica ora'));
    await hears('La versione 3 è pubblicata');
  });

  test('a file is taken, or refused', { timeout: slow }, async () => {
    await open('/app/codes/cinema');
    await keys.bring(keys.button(/^Aggiungi/), 'codici.csv', 'CINE-AAA\nCINE-BBB\n');
    await hears('2 codici aggiunti.');
    await keys.bring(keys.button(/^Aggiungi/), 'codici.csv', 'CINE-CCC\nCINE-AAA\n');
    await hears(/Riga 2: questo codice è già nella raccolta\.$/);
  });
});
