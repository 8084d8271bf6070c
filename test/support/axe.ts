import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Story } from './story';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What a page of the admin does wrong to those who do not see or do not point: each with where. */
export const violationsOf = async (story: Story, page: Page): Promise<readonly string[]> => {
  const frame = page.frames().find((one) => one.url().startsWith(story.launched.appUrl));
  if (frame === undefined) throw new Error('the admin shows no app');
  await frame.evaluate(axe);
  const { violations } = await frame.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};
