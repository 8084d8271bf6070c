// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { perTongue } from '~/core/values/text';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { KeptTiers } from '~/ui/program/KeptTiers';
import { MerchantApp } from 'test/support/merchantApp';

const answer = (kept: ProgramAnswer['kept']): ProgramAnswer => ({
  ...{ intent: 'import', refusal: null, issues: [], revision: 1, version: null, schemaVersion: null, things: null },
  kept,
});

test('what a draft keeps because staff gave it is named with its members, and leads to the tiers', () => {
  const kept = [
    { name: perTongue(() => 'Gold'), members: 1 },
    { name: perTongue(() => 'Press'), members: 3 },
  ];
  render(<KeptTiers answer={answer(kept)} />, { wrapper: MerchantApp });
  screen.getByText('“Gold” stays in the draft: staff gave it to 1 member. Only staff gives it from now on.');
  screen.getByText('“Press” stays in the draft: staff gave it to 3 members. Only staff gives it from now on.');
  expect(screen.getByRole('link', { name: 'Tiers' }).getAttribute('href')).toBe('/app/program/tiers');
});

test('where nothing is kept nothing is said', () => {
  const { container } = render(<KeptTiers answer={answer([])} />, { wrapper: MerchantApp });
  expect(container.textContent).toBe('');
});
