import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { idToken } from 'test/devstore/admin-api/auth';
import { createMerchant } from 'test/devstore/storefront/shopper';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;
let story: Story;
let staff: Merchant;

beforeAll(async () => {
  story = await startStory('e2e-program');
  staff = await story.merchant('en');
}, slow);
afterAll(() => story?.end(), slow);

type Program = {
  readonly version: number;
  readonly document: ProgramDocument;
  readonly draft: { readonly document: ProgramDocument; readonly scheduledFor: number | null } | null;
};

const program = () => createMerchant(story.launched.store, idToken).data<Program>('/app/program', 'routes/app.program');
const pointsIn = ({ earning }: ProgramDocument): number | undefined => earning.rates[0]?.points;

const rate = () => staff.admin.getByLabel('Points', { exact: true });
const button = (name: string) => staff.admin.getByRole('button', { name, exact: true });
const text = (words: string | RegExp) => staff.admin.getByText(words);
const tab = (name: string) => staff.admin.getByRole('tab', { name }).click();
const save = async (): Promise<void> => {
  await button('Save').click();
  await button('Save').waitFor({ state: 'hidden' });
};
const isSave = (url: URL): boolean => url.pathname.startsWith('/app/program') && url.searchParams.has('_data');

describe('the way of a change', () => {
  test('it is edited, compared, tried on past orders, published and brought back', { timeout: slow }, async () => {
    await staff.open('/app/program/earn');
    await rate().fill('2');
    await save();
    await staff.admin.getByRole('link', { name: 'Review and publish' }).click();
    await text('Base rate: Every €1.00 earns 1 point → Every €1.00 earns 2 points.').waitFor();
    await staff.admin.getByRole('link', { name: /^Try it out/ }).click();
    await button('Try it out').click();
    await text(/^Tried with the current draft/).waitFor({ timeout: 60_000 });
    expect(pointsIn((await program()).document), 'nothing is published by trying').toBe(1);
    await staff.open('/app/program/review');
    await button('Publish now').click();
    await text(/^Version 2, published/).waitFor();
    expect(pointsIn((await program()).document)).toBe(2);
    await tab('Versions');
    await staff.admin.getByRole('link', { name: 'View version 1' }).click();
    await button('Make it the draft').click();
    await text('1 change since version 2').waitFor();
    await staff.open('/app/program/review');
    await text('Base rate: Every €1.00 earns 2 points → Every €1.00 earns 1 point.').waitFor();
    await button('Publish now').click();
    await text(/^Version 3, published/).waitFor();
    const { version, document, draft } = await program();
    expect([version, pointsIn(document), draft]).toEqual([3, 1, null]);
  });

  test(
    'a version that is to start at a time is locked until then, and starts by itself',
    { timeout: slow },
    async () => {
      await staff.open('/app/program/earn');
      await rate().fill('3');
      await save();
      await staff.open('/app/program/review');
      const tomorrow = new Date(Date.now() + 86_400_000);
      const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Rome' }).format(tomorrow);
      await staff.admin.getByLabel('Day', { exact: true }).fill(day);
      await staff.admin.getByLabel('Time', { exact: true }).fill('08:00');
      await button('Publish at that time').click();
      await text(/^Version 4 starts on/).waitFor();
      const planned = (await program()).draft?.scheduledFor ?? 0;
      expect(planned).toBeGreaterThan(Date.now());
      await staff.open('/app/program/earn');
      expect(await rate().isDisabled()).toBe(true);
      // The other pages can be looked at, and what an order earns can be tried.
      await tab('Tiers');
      expect(await button('Begin with two tiers').isDisabled()).toBe(true);
      expect(await staff.admin.getByLabel('Order', { exact: true }).isEnabled()).toBe(true);
      await story.launched.kill();
      await story.launched.restart(planned - Date.now() + 60_000);
      await expect.poll(async () => (await program()).version, { timeout: 60_000 }).toBe(4);
      await staff.open('/app/program/earn');
      expect(await rate().inputValue()).toBe('3');
      expect(await rate().isDisabled()).toBe(false);
      expect(await text(/starts on/).count()).toBe(0);
      expect((await program()).draft).toBeNull();
    },
  );
});

describe('nothing is lost', () => {
  test('on the way back and forth between pages, and when the page is loaded again', { timeout: slow }, async () => {
    await staff.open('/app/program/earn');
    await rate().fill('4');
    await tab('Tiers');
    await button('Begin with two tiers').waitFor();
    await staff.ask(() => history.back());
    await rate().waitFor();
    expect(await rate().inputValue()).toBe('4');
    await staff.ask(() => history.forward());
    await button('Begin with two tiers').waitFor();
    await save();
    await staff.page.reload();
    await staff.open('/app/program/earn');
    expect(await rate().inputValue()).toBe('4');
  });

  test('when the session has run out meanwhile: it is asked for again, and saved once', { timeout: slow }, async () => {
    const statuses: number[] = [];
    staff.page.on('response', (answer) => {
      if (answer.request().method() === 'POST' && isSave(new URL(answer.url()))) statuses.push(answer.status());
    });
    await rate().fill('5');
    let asked = 0;
    await staff.page.route('**/__devstore/id-token', (route) => {
      asked += 1;
      return asked === 1 ? route.fulfill({ body: idToken(story.launched.store, -120) }) : route.continue();
    });
    await save();
    expect(statuses).toEqual([401, 200]);
    expect(pointsIn((await program()).draft?.document ?? (await program()).document)).toBe(5);
    // One that stays out is said, and what was typed waits.
    await staff.page.unroute('**/__devstore/id-token');
    await staff.page.route('**/__devstore/id-token', (route) =>
      route.fulfill({ body: idToken(story.launched.store, -120) }),
    );
    await rate().fill('6');
    await button('Save').click();
    await button('Try again').waitFor();
    expect(await rate().inputValue()).toBe('6');
    await staff.page.unroute('**/__devstore/id-token');
    await button('Try again').click();
    await button('Save').waitFor({ state: 'hidden' });
    expect(pointsIn((await program()).draft?.document ?? (await program()).document)).toBe(6);
  });

  test(
    'when another discards the draft that is edited: it says so, and not that somebody published',
    { timeout: slow },
    async () => {
      const other = await story.merchant('en');
      await other.open('/app/program/review');
      await staff.open('/app/program/earn');
      await rate().fill('8');
      await other.admin.getByRole('button', { name: 'Discard the draft', exact: true }).click();
      await other.admin.getByText(/^There is no draft/).waitFor();
      await button('Save').click();
      await text('The draft was discarded meanwhile. Your changes are still here.').waitFor();
      await staff.admin.getByRole('radio').nth(1).focus();
      await staff.page.keyboard.press('Space');
      await button('Save together').click();
      await button('Save').waitFor({ state: 'hidden' });
      const { draft } = await program();
      expect(draft === null ? null : pointsIn(draft.document)).toBe(8);
      await rate().fill('6');
      await save();
      await other.context.close();
    },
  );

  test('when publishing is pressed twice, and by two at once: it is one version', { timeout: slow }, async () => {
    const other = await story.merchant('en');
    await other.open('/app/program/review');
    await staff.open('/app/program/review');
    await Promise.all([
      button('Publish now').dblclick(),
      other.admin.getByRole('button', { name: 'Publish now', exact: true }).click(),
    ]);
    await text(/^Version 5, published/).waitFor();
    await staff.open('/app/program/versions');
    await text(/^Version 5, in force since/).waitFor();
    const { version, document, draft } = await program();
    expect([version, pointsIn(document), draft]).toEqual([5, 6, null]);
    await other.open('/app/program/versions');
    await other.admin.getByText(/^Version 5, in force since/).waitFor();
    expect(await other.admin.getByText(/^Version \d+,/).count()).toBe(
      await staff.admin.getByText(/^Version \d+,/).count(),
    );
    await other.context.close();
  });
});

test('the calculator stays in sight at the end of a long page', { timeout: slow }, async () => {
  await staff.open('/app/program/earn');
  await staff.ask(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const isSeen = () =>
    staff.ask(() => {
      const title = [...document.querySelectorAll('h2')].find((one) => one.textContent === 'Calculator');
      const top = title?.getBoundingClientRect().top ?? -1;
      return window.scrollY > 500 && top > 0 && top < window.innerHeight;
    });
  await expect.poll(isSeen).toBe(true);
});

describe('without a mouse', () => {
  const press = (key: string): Promise<void> => staff.page.keyboard.press(key);
  const isFocused = (target: Locator): Promise<boolean> =>
    target.evaluate((element) => element === element.ownerDocument.activeElement);
  /** Goes on from where the focus is until it is there. */
  const goTo = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let step = 0; step < 150; step += 1) {
      if (await isFocused(target)) return;
      await press('Tab');
    }
    throw new Error(`the focus does not come to ${String(target)}`);
  };
  const enter = async (target: Locator, key = 'Enter'): Promise<void> => {
    await goTo(target);
    await press(key);
  };
  const item = (name: string) => staff.admin.getByRole('menuitem', { name, exact: true });
  const condition = async (at: number, kind: string): Promise<void> => {
    await enter(staff.admin.getByRole('button', { name: 'Add a condition', exact: true }).nth(at));
    await enter(item(kind));
  };

  test(
    'a rate is changed, bonuses get conditions and another order, all is saved and published',
    { timeout: slow },
    async () => {
      await staff.open('/app/program/earn');
      await goTo(rate());
      await press('Control+A');
      await staff.page.keyboard.type('7');
      await enter(button('Add a bonus'));
      await condition(0, 'Days of the week');
      await enter(staff.admin.getByLabel('Active', { exact: true }).first(), 'Space');
      await enter(button('Add a bonus'));
      await condition(1, 'Times of the day');
      await enter(staff.admin.getByRole('button', { name: /^Actions for/ }).nth(1));
      await enter(item('Move up'));
      await enter(button('Save'));
      await button('Save').waitFor({ state: 'hidden' });
      await enter(staff.admin.getByRole('link', { name: 'Review and publish' }));
      await enter(button('Publish now'));
      await text(/^Version 6, published/).waitFor();
      const { document } = await program();
      expect(pointsIn(document)).toBe(7);
      expect(document.earning.bonuses.map(({ enabled, conditions }) => [enabled, conditions[0]?.kind])).toEqual([
        [false, 'hours'],
        [true, 'weekday'],
      ]);
    },
  );
});
