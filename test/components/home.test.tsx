// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FigureGrid } from '~/ui/FigureGrid';
import { MerchantApp as App } from 'test/support/merchantApp';

afterEach(cleanup);

test('a figure says how much it changed since the same days of last month, unless there was nothing then', () => {
  const month = { period: '2026-11', issued: 150, redeemed: 40, byHand: 0, orders: 3, paidMinor: 7000 };
  const totals = { members: 3, outstanding: 110, pending: 0, debt: 0, buyers: 3, repeatBuyers: 1 };
  const before = { ...month, period: '2026-10', issued: 100, redeemed: 0, paidMinor: 10_000 };
  render(
    <App>
      <FigureGrid figures={{ now: month, before, totals, liabilityMinor: 550 }} />
    </App>,
  );
  const said = (text: string) =>
    screen.getByText((_, element) => element?.tagName === 'P' && element.textContent === text);
  // The merchant's own word stands beside the number, so that no label has to agree with it.
  for (const figure of ['150 points', '40 points', '110 points']) expect(said(figure)).toBeDefined();
  expect(said('↑ +50% · 100 in the same days last month')).toBeDefined();
  expect(said('0 in the same days last month')).toBeDefined();
  expect(said('↓ −30% · €100.00 in the same days last month')).toBeDefined();
});

test.each([
  [1, '1 ha acquistato nell’ultimo anno'],
  [2, '2 hanno acquistato nell’ultimo anno'],
])('%i buyer agrees with its verb', (buyers, sentence) => {
  const month = { period: '2026-11', issued: 0, redeemed: 0, byHand: 0, orders: 0, paidMinor: 0 };
  const totals = { members: 3, outstanding: 0, pending: 0, debt: 0, buyers, repeatBuyers: 0 };
  render(
    <App language="it">
      <FigureGrid figures={{ now: month, before: { ...month, period: '2026-10' }, totals, liabilityMinor: 0 }} />
    </App>,
  );
  expect(screen.getByText(sentence)).toBeDefined();
});
