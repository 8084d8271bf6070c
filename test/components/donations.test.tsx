// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { DonationTable } from '~/features/donations/components/DonationTable';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(cleanup);

const open = (lines: Parameters<typeof DonationTable>[0]['lines']) =>
  render(
    <MerchantApp>
      <DonationTable lines={lines} />
    </MerchantApp>,
  );

test('without a donation the way to the rewards is there', () => {
  open([]);
  expect(screen.getByRole('link', { name: 'Add a reward' }).getAttribute('href')).toBe('/app/program/rewards');
});

test('with one it is a line, and the column of points is named by the merchant', () => {
  open([{ month: '2026-11', charity: 'Bosco Vivo', currency: 'EUR', count: 2, points: 1200, amountMinor: 1000 }]);
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getAllByText('Points').length).toBeGreaterThan(0);
  expect(screen.getByText('1,200')).toBeDefined();
});
