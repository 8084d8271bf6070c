import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyboardOf } from 'test/support/keyboard';
import { giuliaBuys, startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

let story: Story;
let staff: Merchant;
let keys: ReturnType<typeof keyboardOf>;

beforeAll(async () => {
  story = await startStory('e2e-keyboard');
  await giuliaBuys(story, 3);
  staff = await story.merchant('en');
  keys = keyboardOf(staff);
}, slow);
afterAll(() => story?.end(), slow);

const save = async (): Promise<void> => {
  await keys.enter(keys.button('Save'));
  await keys.button('Save').waitFor({ state: 'hidden' });
};

describe('without a mouse, and never without a focus', () => {
  test('policies, names and looks', { timeout: slow }, async () => {
    await staff.open('/app/program/policies');
    await keys.goTo(keys.field('Expiry'));
    await keys.press('ArrowDown');
    await keys.write(keys.field('Warnings (days before)'), '20, 5');
    await keys.enter(keys.field('What was spent comes back with a refund'), 'Space');
    await keys.focusIs('What was spent comes back with a refund');
    await save();
    await staff.open('/app/program/names');
    await keys.write(keys.field('Singular (German)'), 'Stern');
    await keys.write(keys.field('Plural (German)'), 'Sterne');
    await keys.write(keys.field('Accent colour'), '#ffd700');
    await keys.enter(keys.button(/^Use #\w+ instead/));
    await keys.focusIs('Pick a colour');
    await keys.enter(keys.button('Crown'), 'Space');
    await keys.focusIs('Crown');
    await keys.write(keys.field('Terms (English)'), 'Be kind.');
    for (const one of ['Italian', 'German', 'French', 'Spanish']) await keys.write(keys.field(`Terms (${one})`), 'Ok.');
    await save();
  });

  test(
    'pauses and seasons, conditions and perks: what is added begins at its first field',
    { timeout: slow },
    async () => {
      await staff.open('/app/program/earn');
      await keys.enter(keys.field('Earning is paused'), 'Space');
      await keys.focusIs('Earning is paused');
      await keys.press('Space');
      await keys.enter(keys.button('Add a bonus'));
      await keys.focusIs('Bonus');
      for (const [kind, first] of [
        ['Days of the week', 'Monday'],
        ['Products', 'Choose products: Products'],
        ['Products with a tag', 'Products with a tag'],
        ['Dates', 'First day'],
        ['Minimum spend', /^Minimum spend/],
      ] as const) {
        await keys.enter(keys.button('Add a condition'));
        await keys.enter(keys.item(kind));
        await keys.focusIs(first);
      }
      await keys.enter(keys.button('Remove condition “Dates”'));
      await keys.focusIs('Remove condition “Minimum spend”');
      await staff.open('/app/program/tiers');
      await keys.enter(keys.button('Begin with two tiers'));
      await keys.focusIs('Silver');
      await keys.press('Enter');
      await keys.enter(keys.button('Add a perk').first());
      await keys.enter(keys.item('Priority support'));
      await keys.focusIs('Customer tag');
      await keys.enter(keys.button('Remove perk “Priority support”'));
      await keys.focusIs('Add a perk');
      await keys.enter(keys.button('Switch tiers off'));
      await keys.focusIs('Bring my tiers back');
    },
  );
});

describe('the way of a version without a mouse', () => {
  test(
    'it is reviewed, planned, taken off, published, compared, brought back and taken along',
    { timeout: slow },
    async () => {
      await staff.open('/app/program/review');
      const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
      const [year = '', month = '', date = ''] = day.split('-');
      await keys.goTo(keys.field('Day'));
      for (const part of [month, date, year]) await staff.page.keyboard.type(part);
      await keys.enter(keys.field('I know that this takes something from members.'), 'Space');
      await keys.enter(keys.button('Publish at that time'));
      await keys.focusIs(/^Version 2 starts on/);
      await keys.enter(keys.button('Take it off'));
      await keys.button('Publish at that time').waitFor();
      await keys.focusIs(/^Try it out/);
      await keys.enter(keys.button('Publish now'));
      await staff.admin.getByText(/^Version 2, published/).waitFor();
      await keys.focusIs('the page');
      await keys.goTo(keys.tab('Overview'));
      await keys.goTo(keys.tab('Versions'), 'ArrowRight');
      await keys.press('Enter');
      await staff.admin.getByText(/^Version 2, in force since/).waitFor();
      await keys.focusIs('Versions');
      await keys.enter(keys.link('View version 1'));
      await keys.focusIs('Version 1');
      await keys.enter(keys.link('Close: Version 1'));
      await keys.focusIs('View version 1');
      await keys.press('Enter');
      await keys.enter(keys.button('Make it the draft'));
      await keys.focusIs('Make it the draft');
      const file = await keys.saved(keys.button('Export').last());
      await keys.focusIs('Export');
      await keys.bring(keys.button('Import'), 'program.json', file.replaceAll('Stern', 'Punkt'));
      await staff.admin
        .getByText(/^The file is in the draft/)
        .first()
        .waitFor();
      await keys.focusIs('Import');
      await staff.open('/app/program/review');
      await keys.enter(keys.button('Discard the draft'));
      await staff.admin.getByText(/^There is no draft/).waitFor();
      await keys.focusIs('Program');
    },
  );

  test('it is tried out; the trial is cancelled, and taken along', { timeout: slow }, async () => {
    await staff.open('/app/program/earn');
    await keys.write(keys.field('Points'), '3');
    await save();
    await staff.open('/app/program/simulation');
    await keys.goTo(staff.admin.getByRole('slider'));
    await keys.press('ArrowRight');
    await keys.focusIs(/31%/);
    await keys.enter(keys.button('Try it out'));
    await staff.admin.getByText(/^Tried with the current draft/).waitFor({ timeout: 60_000 });
    await keys.focusIs('Try it out');
    expect(await keys.saved(keys.button('Save as a file'))).toContain('month');
    await keys.focusIs('Save as a file');
  });

  test('a template takes the place of the draft after a question', { timeout: slow }, async () => {
    await staff.open('/app/program');
    await keys.enter(keys.button('Choose a template'));
    await keys.goTo(staff.admin.getByRole('radio').first());
    await keys.press('ArrowDown');
    expect(await staff.admin.getByRole('radio').nth(1).isChecked()).toBe(true);
    await keys.enter(keys.button('Use this template'));
    await keys.focusIs('Choose a template');
    await save();
  });
});
