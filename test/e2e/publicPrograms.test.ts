import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { idToken } from 'test/devstore/admin-api/auth';
import { createMerchant } from 'test/devstore/storefront/shopper';
import { calendarYear, collection, stars, type PublicProgram } from 'test/support/publicPrograms';
import { startStory, type Merchant, type Story } from 'test/support/story';
import { openWorld, type World } from 'test/support/world';

const slow = 240_000;

let world: World;
beforeAll(async () => void (world = await openWorld('embedded')), slow);
afterAll(() => world?.close());

/** Programs are entered by hand into the pages of the admin, published there, and then played by their orders. */
const enter = async (
  { currency, timeZone, since, play }: PublicProgram,
  byHand: (editor: Editor) => Promise<void>,
): Promise<void> => {
  const folder = `e2e-${timeZone.replace('/', '-')}`;
  const story = await startStory(folder, { currency, timeZone });
  try {
    const merchant = await story.merchant('en');
    await byHand(editorOf(merchant));
    await publish(merchant);
    const { document, version } = await publishedIn(story);
    expect(version).toBe(2);
    const tenant = await world.tenant({ document, publishedAt: since });
    await play({ tenant, document });
    await tenant.audit();
  } finally {
    await story.end();
    rmSync(join(process.cwd(), '.data', folder), { recursive: true, force: true });
  }
};

const publishedIn = ({ launched }: Story) =>
  createMerchant(launched.store, idToken).data<{ readonly document: ProgramDocument; readonly version: number }>(
    '/app/program',
    'routes/app.program',
  );

type Editor = {
  readonly admin: FrameLocator;
  readonly open: (page: string) => Promise<void>;
  readonly fill: (label: string, text: string, within?: Locator) => Promise<void>;
  readonly choose: (label: string, option: string) => Promise<void>;
  readonly press: (button: string) => Promise<void>;
  readonly save: () => Promise<void>;
};

const editorOf = ({ admin, open, page }: Merchant): Editor => ({
  admin,
  open: (name) => open(`/app/program/${name}`),
  fill: (label, text, within) => (within ?? admin.locator('main')).getByLabel(label, { exact: true }).fill(text),
  choose: async (label, option) => {
    await admin.getByLabel(label, { exact: true }).selectOption({ label: option });
  },
  press: (name) => admin.getByRole('button', { name, exact: true }).click(),
  save: async () => {
    const saved = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() < 400);
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await saved;
    await admin.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'hidden' });
  },
});

const publish = async ({ admin, open }: Merchant): Promise<void> => {
  await open('/app/program/review');
  await admin.getByRole('button', { name: 'Publish now', exact: true }).click();
  await admin.getByText(/^Version 2, published/).waitFor();
};

/** A level of the page Tiers, opened: its own fields. */
const levelOf = async ({ admin, press }: Editor, name: string): Promise<Locator> => {
  await press(name);
  return admin.getByRole('button', { name, exact: true }).locator('xpath=ancestor::*[.//label][1]');
};

test(stars.name, { timeout: slow }, () =>
  enter(stars, async (editor) => {
    await editor.open('tiers');
    await editor.press('Begin with two tiers');
    await editor.choose('Tiers are reached by', 'Points');
    const reserve = await levelOf(editor, 'Gold');
    await editor.fill('From (points earned)', '2500', reserve);
    await editor.fill('Multiplier', '1.7', reserve);
    await editor.fill('Name (English)', 'Reserve', reserve);
    await editor.press('Reserve');
    const gold = await levelOf(editor, 'Silver');
    await editor.fill('From (points earned)', '500', gold);
    await editor.fill('Multiplier', '1.2', gold);
    await editor.fill('Name (English)', 'Gold', gold);
    await editor.save();
    await editor.open('policies');
    await editor.choose('Expiry', 'Some months without activity');
    await editor.fill('Months until expiry', '6');
    await editor.save();
  }),
);

test(collection.name, { timeout: slow }, () =>
  enter(collection, async (editor) => {
    const { admin } = editor;
    await editor.open('earn');
    await editor.fill('For every', '10');
    await editor.fill('First day of earning', '2026-02-01');
    await editor.fill('Last day of earning', '2026-07-31');
    await editor.press('Add a bonus');
    await editor.choose('Effect', 'Adds a fixed number, once');
    await editor.fill('Extra points', '5');
    await admin.getByLabel('Active', { exact: true }).check();
    await editor.press('Add a condition');
    await admin.getByRole('menuitem', { name: 'Products', exact: true }).click();
    await editor.press('Choose products: Products');
    await admin.getByRole('dialog').getByLabel('Pasta di Gragnano').check();
    await admin.getByRole('dialog').getByRole('button', { name: 'Select', exact: true }).click();
    await editor.save();
    await editor.open('rewards');
    await editor.press('Add a reward');
    await admin.getByRole('menuitem', { name: 'Free product', exact: true }).click();
    await editor.fill('Price in points', '10');
    await editor.fill('Members pay', '2.90');
    await editor.press('Choose products: Products to choose from');
    await admin.getByRole('dialog').getByLabel('Tazza in ceramica').check();
    await admin.getByRole('dialog').getByRole('button', { name: 'Select', exact: true }).click();
    await editor.fill('In total, all members together', '100');
    await admin.getByLabel('Active', { exact: true }).check();
    await editor.save();
    // 100 cups at 24.00 are 2,400.00, or 1,967.21 without their VAT of 22 %; a fifth, rounded up.
    await editor.open('rewards');
    await admin.getByText('Prizes worth €1,967.21 without VAT: a deposit of €393.45.').waitFor();
    await editor.open('policies');
    await editor.choose('Expiry', 'All on one day');
    await editor.fill('Last day', '2026-09-15');
    await editor.save();
  }),
);

test(calendarYear.name, { timeout: slow }, () =>
  enter(calendarYear, async (editor) => {
    await editor.open('tiers');
    await editor.press('Begin with two tiers');
    await editor.choose('Counted over', 'A calendar year');
    const gold = await levelOf(editor, 'Gold');
    await editor.fill('From a spend of', '500', gold);
    await editor.fill('Welcome points', '50', gold);
    await editor.fill('Multiplier', '1.5', gold);
    await editor.press('Gold');
    const silver = await levelOf(editor, 'Silver');
    await editor.fill('From a spend of', '200', silver);
    await silver.getByRole('button', { name: 'Remove perk “More points”', exact: true }).click();
    await editor.save();
  }),
);
