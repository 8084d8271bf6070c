// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { templateDocument } from '~/core/program/templates';
import { asId, type PlatformId } from '~/core/values/ids';
import { DepositSection } from '~/ui/program/rewards/DepositSection';
import type { ReadSold } from '~/ui/program/readSold';
import { openProgram, retype } from 'test/support/programPages';

afterEach(cleanup);

const withCup = (total: number | null) => {
  const document = templateDocument('collection', { currency: 'EUR', timeZone: 'Europe/Rome', today: '2026-02-01' });
  const cup = document.rewards.find((reward) => reward.kind === 'free_product');
  if (cup === undefined) throw new Error('the collection has no product');
  const limits = { perMember: null, total };
  return { ...document, rewards: [{ ...cup, enabled: true, variantIds: ['1'], limits }] };
};
const cupOf1290: ReadSold = (ids) =>
  Promise.resolve(
    ids.map((id) => {
      const one = asId<PlatformId>(id);
      return { variantId: one, productId: one, vendor: null, priceMinor: 1290, facts: null };
    }),
  );
const text = (): string => (document.body.textContent ?? '').replaceAll('\u00a0', ' ');

describe('a merchant in Italy sees what a collection of points needs as deposit', () => {
  test('with its arithmetic, by the VAT that the prices hold', async () => {
    const page = <DepositSection document={withCup(200)} read={cupOf1290} />;
    const { user } = openProgram(page, { language: 'it' });
    expect(await screen.findByText(/^Premi per/)).toBeDefined();
    expect(text()).toContain('200 × 12,90 € = 2.580,00 €');
    expect(text()).toContain('Premi per 2.114,75 € senza IVA: cauzione di 422,95 €.');
    await retype(user, screen.getByLabelText('IVA compresa nei prezzi'), '10');
    expect(text()).toContain('Premi per 2.345,45 € senza IVA: cauzione di 469,09 €.');
    await retype(user, screen.getByLabelText('IVA compresa nei prezzi'), '101');
    await user.tab();
    expect(text()).toContain('Una percentuale da 0 a 100.');
    expect(text()).not.toContain('cauzione di');
  });
  test('and what is missing for it: how many there are, and the way there', async () => {
    openProgram(<DepositSection document={withCup(null)} read={cupOf1290} />, { language: 'it' });
    expect(await screen.findByText(/manca quanti ce ne sono in tutto/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'Imposta il limite' }).getAttribute('href')).toMatch(
      /^\/app\/program\/rewards\/.+/,
    );
    expect(text()).not.toContain('cauzione di');
  });
  test('asks the shop again when it did not answer', async () => {
    let isAway = true;
    const read: ReadSold = (ids) => (isAway ? Promise.reject(new Error('away')) : cupOf1290(ids));
    const { user } = openProgram(<DepositSection document={withCup(1)} read={read} />);
    expect(await screen.findByText('The shop’s prices could not be read.')).toBeDefined();
    isAway = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/a deposit of/)).toBeDefined();
    expect(text()).toContain('a deposit of €2.12.');
  });
  test('and nothing of it for another program', () => {
    const document = { ...withCup(200), timeZone: 'Europe/Berlin' };
    openProgram(<DepositSection document={document} read={cupOf1290} />);
    expect(text()).not.toContain('DPR');
  });
});
