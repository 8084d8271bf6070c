// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { NoExperiences } from '~/features/fulfilment/components/NoExperiences';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(cleanup);

const open = (view: 'to_do' | 'ended') =>
  render(
    <MerchantApp>
      <NoExperiences view={view} />
    </MerchantApp>,
  );

test('with nothing to do the way to the rewards is there', () => {
  open('to_do');
  expect(screen.getByText('Nothing to do')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Add a reward' }).getAttribute('href')).toBe('/app/program/rewards');
});

test('with nothing ended there is nothing to press', () => {
  open('ended');
  expect(screen.getByText('Nothing has ended yet')).toBeDefined();
  expect(screen.queryByRole('link')).toBeNull();
});
