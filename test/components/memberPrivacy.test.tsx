// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { PrivacyDialog } from '~/ui/memberDialogs/PrivacyDialog';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(cleanup);

const open = (what: 'data' | 'erase') => {
  const sent: Record<string, unknown>[] = [];
  const dialog = { wish: 'w', refusal: null, ask: null, unsent: null, close: () => undefined };
  const Component = () => (
    <MerchantApp>
      <PrivacyDialog {...dialog} what={what} />
    </MerchantApp>
  );
  const action = async ({ request }: { request: Request }) => {
    sent.push(Object.fromEntries(await request.formData()));
    return null;
  };
  const Stub = createRemixStub([{ path: '/', Component, action }]);
  render(<Stub />);
  return sent;
};

test('a file of a customer’s data is asked for with one press', async () => {
  const sent = open('data');
  await userEvent.click(await screen.findByRole('button', { name: 'Create the file' }));
  expect(sent).toEqual([{ intent: 'data', wish: 'w' }]);
});

test('nobody is erased before staff says that it cannot be undone', async () => {
  const sent = open('erase');
  expect(await screen.findByText(/The customer stays in Shopify/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Erase' }));
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByLabelText('I know that this cannot be undone'));
  await userEvent.click(screen.getByRole('button', { name: 'Erase' }));
  expect(sent).toEqual([{ intent: 'erase', wish: 'w' }]);
});
