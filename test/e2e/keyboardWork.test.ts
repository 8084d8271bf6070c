import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { newTiers } from '~/core/tiers/newTiers';
import { until } from 'test/devstore/storefront/shopper';
import { keyboardOf } from 'test/support/keyboard';
import { publishRewards } from 'test/support/rewardStory';
import { giuliaBuys, startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

const given = { enabled: true, points: 10 };
const rewards = [
  { ...newReward('donation', 'wood', 'EUR'), ...given, charity: 'Bosco Vivo' },
  { ...newReward('pool_code', 'cinema', 'EUR'), ...given },
  { ...newReward('experience', 'cellar', 'EUR'), ...given, stock: null },
] as readonly Reward[];

describe('the work of every day without a mouse', () => {
  let story: Story;
  let staff: Merchant;
  let keys: ReturnType<typeof keyboardOf>;

  beforeAll(async () => {
    story = await startStory('e2e-keyboard-work');
    await publishRewards(story, rewards, { tiers: newTiers('EUR') });
    const shopper = await giuliaBuys(story, 9);
    await until(shopper.balance, ({ available }) => available >= 50);
    for (const reward of ['wood', 'cellar', 'cellar', 'cellar'])
      expect((await shopper.redeem({ id: randomUUID(), reward })).status).toBe(200);
    staff = await story.merchant('en');
    keys = keyboardOf(staff);
  }, slow);
  afterAll(() => story?.end(), slow);

  test('a partner is refused, set up, saved and removed', { timeout: slow }, async () => {
    await staff.open('/app/partners');
    await keys.write(keys.field('Name of the partner'), 'Cinema Odeon');
    await keys.goTo(keys.field('How it works'));
    await keys.press('ArrowDown');
    await keys.write(keys.field('Address of its server'), 'ftp://nowhere');
    await keys.enter(keys.button('Add'));
    await staff.admin.getByText('Write the address like https://api.partner.example/v1.').waitFor();
    await keys.focusIs('Add');
    await keys.goTo(keys.field('How it works'), 'Shift+Tab');
    await keys.press('ArrowUp');
    await keys.enter(keys.button('Add'));
    await staff.admin.getByRole('heading', { level: 1, name: 'Cinema Odeon' }).waitFor();
    await keys.focusIs('the page');
    await keys.bring(keys.button('Add file').first(), 'catalogue.csv', 'ticket,Ticket,7.50\n');
    await staff.admin.getByText('The catalogue has 1 item.').first().waitFor();
    await keys.focusIs('Add file');
    await keys.enter(keys.button('Save'));
    await staff.page.getByText('Partner saved').waitFor();
    await keys.focusIs('Save');
    await keys.goTo(keys.button('Remove partner'), 'Shift+Tab');
    await keys.press('Enter');
    await staff.admin.getByRole('dialog').waitFor();
    await keys.press('Escape');
    await keys.focusIs('Remove partner');
    await keys.press('Enter');
    await keys.enter(staff.admin.getByRole('dialog').getByRole('button', { name: 'Remove partner' }));
    await staff.admin.getByRole('heading', { level: 1, name: 'Partners' }).waitFor();
    await keys.focusIs('the page');
  });

  test('codes are uploaded, refused and removed', { timeout: slow }, async () => {
    await staff.open('/app/codes/cinema');
    await keys.bring(keys.button('Add file'), 'codes.csv', 'CINE-AAA\nCINE-BBB\n');
    await staff.admin.getByText('2 codes were added.').first().waitFor();
    await keys.focusIs('Add file');
    await keys.bring(keys.button('Add file'), 'codes.csv', 'CINE-CCC\nCINE-AAA\n');
    await staff.admin.getByText('Line 2: this code is in the pool already.').waitFor();
    await keys.focusIs('Add file');
    await keys.goTo(keys.button('Remove codes that were not given'), 'Shift+Tab');
    await keys.press('Enter');
    await staff.admin.getByRole('dialog').waitFor();
    await keys.press('Escape');
    await keys.focusIs('Remove codes that were not given');
    await keys.press('Enter');
    const dialog = staff.admin.getByRole('dialog');
    await keys.enter(dialog.getByRole('button', { name: 'Remove codes that were not given' }));
    await staff.page.getByText('2 codes removed').waitFor();
    await keys.focusIs('Remove codes that were not given');
  });

  test('what staff has to do is done, or cannot be done', { timeout: slow }, async () => {
    await staff.open('/app/fulfilment');
    await keys.enter(keys.button(/^Done: /).first());
    await staff.page.getByText('Marked as done').waitFor();
    await keys.focusIs(/^Done: /);
    await keys.enter(keys.button(/^Cannot be done: /).first());
    await keys.write(keys.field('Reason (the member reads it)'), 'The cellar is flooded');
    await keys.enter(staff.admin.getByRole('dialog').getByRole('button', { name: 'Give points back' }));
    await staff.page.getByText('Points given back').waitFor();
    await keys.focusIs(/^Cannot be done: /);
    await keys.enter(keys.button(/^Done: /).first(), 'Enter', 'Shift+Tab');
    await staff.admin.getByText('Nothing to do').waitFor();
    await keys.focusIs('Add a reward');
    await keys.goTo(keys.tab('To do'), 'Shift+Tab');
    await keys.press('ArrowRight');
    await keys.focusIs('Ended');
    await keys.press('Enter');
    await staff.admin.getByText('The cellar is flooded').waitFor();
    await keys.focusIs('Ended');
  });

  test('the report of donations is taken along', { timeout: slow }, async () => {
    await staff.open('/app/donations');
    expect(await keys.saved(keys.button('Export as CSV'))).toContain('Bosco Vivo');
    await keys.focusIs('Export as CSV');
  });

  test('members are searched and filtered', { timeout: slow }, async () => {
    await staff.open('/app/members');
    await keys.enter(keys.button('Balance'));
    await keys.goTo(keys.field('From'));
    await keys.press('Escape');
    await keys.focusIs('Balance');
    await keys.press('Enter');
    await keys.write(keys.field('From'), '1');
    await keys.press('Escape');
    await keys.button('Balance from 1 point').waitFor();
    await keys.goTo(keys.button('Balance from 1 point'), 'Shift+Tab');
    await keys.enter(keys.button('Clear'));
    await keys.focusIs('Balance');
    await keys.enter(keys.button('Tier'), 'Enter', 'Shift+Tab');
    await keys.goTo(keys.field('No tier'));
    await keys.press('ArrowDown');
    await keys.focusIs('Silver');
    await keys.press('Escape');
    await staff.admin.getByText('No members match these filters.').waitFor();
    await keys.focusIs('Tier: Silver');
    await keys.enter(keys.button('Clear all'));
    await staff.admin.getByRole('link', { name: 'Giulia Rossi' }).waitFor();
    await keys.focusIs(/^(Tier|Balance)$/);
  });
});

describe('the first steps without a mouse', () => {
  test(
    'a template is chosen, points are named, the program begins; a trial is cancelled',
    { timeout: slow },
    async () => {
      const story = await startStory('e2e-keyboard-first', {}, { isNew: true, worker: 'off' });
      try {
        const staff = await story.merchant('en');
        const keys = keyboardOf(staff);
        await staff.open('/app/start');
        const templates = staff.admin.getByRole('radio');
        await keys.goTo(templates.first());
        await keys.press('ArrowDown');
        expect(await templates.nth(1).isChecked()).toBe(true);
        await keys.write(keys.field('Singular'), 'star');
        await keys.write(keys.field('Plural'), 'stars');
        await keys.enter(keys.button('Start the program'));
        await staff.admin.getByRole('heading', { level: 1, name: 'Your program is running' }).waitFor();
        await keys.focusIs('the page');
        await staff.admin.getByText('All parts are in the theme.').waitFor();
        await staff.open('/app/program/earn');
        await keys.write(keys.field('Stars'), '3');
        await keys.enter(keys.button('Save'));
        await keys.button('Save').waitFor({ state: 'hidden' });
        await staff.open('/app/program/simulation');
        await keys.enter(keys.button('Try it out'));
        // Nothing plays it here: it waits until it is taken back.
        await keys.focusIs('Stop');
        await keys.press('Enter');
        await staff.admin.getByText('It was stopped before the end: there is no result.').first().waitFor();
        await keys.focusIs('Try it out');
      } finally {
        await story.end();
      }
    },
  );
});
