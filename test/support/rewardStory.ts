import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import type { Reward } from '~/core/rewards/section';
import { idToken } from 'test/devstore/admin-api/auth';
import { browserAgent, createMerchant } from 'test/devstore/storefront/shopper';
import type { Story } from './story';

const pictures = join(process.cwd(), 'test-output', 'screenshots');

const send = async ({ launched: { store } }: Story, body: unknown): Promise<{ readonly revision: number | null }> => {
  const response = await fetch(`${store.app.appUrl}/app/program/rewards?_data=routes%2Fapp.program.rewards._index`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': browserAgent,
      authorization: `Bearer ${idToken(store)}`,
    },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as { readonly revision: number | null };
};

/** Saves a draft as another window would: what is there, and something of it otherwise. */
export const saveDraft = async (
  story: Story,
  change: (document: ProgramDocument) => Partial<ProgramDocument>,
): Promise<void> => {
  const { version, document, draft } = await createMerchant(story.launched.store, idToken).data<{
    readonly version: number;
    readonly document: ProgramDocument;
    readonly draft: { readonly revision: number; readonly document: ProgramDocument } | null;
  }>('/app/program', 'routes/app.program');
  const before = draft?.document ?? document;
  const next = { ...before, ...change(before) };
  await send(story, { intent: 'save', document: next, basedOn: version, revision: draft?.revision ?? null });
};

/** Puts rewards on offer, and points into the balance on the day of the order; `more`: what else the program gets. */
export const publishRewards = async (
  story: Story,
  rewards: readonly Reward[],
  more: Partial<ProgramDocument> = {},
): Promise<void> => {
  const { version, document } = await createMerchant(story.launched.store, idToken).data<{
    readonly version: number;
    readonly document: ProgramDocument;
  }>('/app/program', 'routes/app.program');
  const offered = { ...document, earning: { ...document.earning, holdDays: 0 }, rewards, ...more };
  const { revision } = await send(story, { intent: 'save', document: offered, basedOn: version, revision: null });
  await send(story, { intent: 'publish', revision });
};

/** Takes pictures of a page at both widths, and sees that it does not scroll sideways. */
export const pictureOf = async (page: Page, name: string, fullPage: boolean): Promise<void> => {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} at ${width} px scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
};
