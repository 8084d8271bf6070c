import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { idToken } from 'test/devstore/admin-api/auth';
import { createMerchant } from 'test/devstore/storefront/shopper';
import { startStory, type Merchant, type Story } from 'test/support/story';

/** What merchants ran into who entered programs from real life. */
const slow = 240_000;
let story: Story;
let staff: Merchant;

beforeAll(async () => {
  story = await startStory('e2e-merchants', {}, { worker: 'off' });
  staff = await story.merchant('en');
}, slow);
afterAll(() => story?.end(), slow);

const press = (name: string): Promise<void> => staff.admin.getByRole('button', { name, exact: true }).click();
const item = (name: string): Promise<void> => staff.admin.getByRole('menuitem', { name, exact: true }).click();
const saved = async (): Promise<ProgramDocument> => {
  await press('Save');
  await staff.admin.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'hidden' });
  const { draft } = await createMerchant(story.launched.store, idToken).data<{
    readonly draft: { readonly document: ProgramDocument };
  }>('/app/program', 'routes/app.program');
  return draft.document;
};

test('a tag that is offered is taken at the first press, although its field was empty', { timeout: slow }, async () => {
  await staff.open('/app/program/earn');
  await press('Add a bonus');
  await press('Add a condition');
  await item('Products with a tag');
  await press('pantry');
  await staff.admin.getByText('Double points on products tagged pantry.').first().waitFor();
  const { earning } = await saved();
  expect(earning.bonuses[0]?.conditions).toEqual([{ kind: 'product_tag', tags: ['pantry'] }]);
});

test('what was left empty says so once the press is over that left it', { timeout: slow }, async () => {
  await press('Add a condition');
  await item('Products of a vendor');
  await press('Add a condition');
  await staff.admin.getByRole('menuitem', { name: 'Minimum spend', exact: true }).waitFor();
  await staff.page.keyboard.press('Escape');
  await staff.admin.getByText('Add at least one.').waitFor();
  await press('Remove condition “Products of a vendor”');
});

test('with several currencies the tiers say that only theirs counts', { timeout: slow }, async () => {
  await press('Add a currency');
  await staff.admin.getByLabel('Currency', { exact: true }).selectOption('CHF');
  await staff.admin.getByText('Every CHF 1.00 earns 1 point.').waitFor();
  await saved();
  await staff.open('/app/program/tiers');
  await press('Begin with two tiers');
  await staff.admin.getByText('Orders in other currencies do not count towards tiers.').waitFor();
});
