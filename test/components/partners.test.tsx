// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readDocument } from '~/core/program/migration';
import { newReward } from '~/core/rewards/section';
import { CatalogueCard } from '~/features/partners/components/CatalogueCard';
import { FileCards } from '~/features/partners/components/FileCards';
import { PartnerForm } from '~/features/partners/components/PartnerForm';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { program } from 'test/support/builders';
import { MerchantApp } from 'test/support/merchantApp';
import { ticketReward } from 'test/support/partners';
import { openProgram } from 'test/support/programPages';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const cost = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const ticket = { itemId: 'ticket', name: 'Cinema ticket', cost: cost(750) };
const answering = (partners: unknown, status = 200) =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ partners }), { status })));
const cine = { id: 'cine', name: 'Cine', items: [ticket, { itemId: 'spa', name: 'Spa', cost: cost(3000) }] };

describe('a merchant offers something of a partner’s', () => {
  test('by its name in the partner’s catalogue: the reward is called like it, and says what it costs', async () => {
    answering([cine]);
    const document = { ...program(), rewards: [newReward('partner', 'ticket', 'EUR')] };
    const { user, latestDraft } = openProgram(<RewardPage id="ticket" />, { document, all: true });
    await user.click(screen.getByLabelText('Active'));
    expect(readDocument(latestDraft())).toMatchObject({ ok: false, error: [{ path: 'rewards.0.itemId' }] });
    await screen.findByRole('option', { name: 'Cine' });
    await user.selectOptions(screen.getByLabelText('Partner'), 'Cine');
    await user.selectOptions(screen.getByLabelText('Item'), 'Cinema ticket · €7.50');
    expect(readDocument(latestDraft())).toMatchObject({ ok: true });
    expect(latestDraft().rewards[0]).toMatchObject({
      ...{ provider: 'cine', itemId: 'ticket', cost: cost(750), name: { it: 'Cinema ticket' } },
    });
    expect(screen.getByText('500 points for “Cinema ticket” from a partner.')).toBeDefined();
    expect(screen.getByText(/^You pay €7.50 for each\./)).toBeDefined();
    expect(screen.getByText(/^500 points cost you €7.50 and are earned by spending/)).toBeDefined();
  });

  test('and agrees anew when the partner asks something else by now', async () => {
    answering([{ ...cine, items: [{ ...ticket, cost: cost(800) }] }]);
    const { user, latestDraft } = openProgram(<RewardPage id="ticket" />, {
      document: { ...program(), rewards: [ticketReward()] },
    });
    await user.click(await screen.findByRole('button', { name: 'Agree to €8.00' }));
    expect(latestDraft().rewards[0]).toMatchObject({ cost: cost(800) });
    expect(screen.queryByText('The partner asks €8.00 by now.')).toBeNull();
  });

  test.each([
    ['nobody is set up', [], 200, 'Set up a partner first: then its items can be chosen here.'],
    ['the partner is gone', [{ ...cine, id: 'other' }], 200, 'This partner is not set up any more. Choose another.'],
    [
      'the item is gone',
      [{ ...cine, items: [] }],
      200,
      'The partner does not have this item any more. Choose another.',
    ],
    ['the partner is away', [{ ...cine, items: null }], 200, /^The partner’s catalogue cannot be read/],
    ['the server is away', [], 503, /^The partner’s catalogue cannot be read/],
  ] as const)('is told why not when %s, and keeps what was chosen', async (_, partners, status, note) => {
    answering(partners, status);
    const document = { ...program(), rewards: [ticketReward()] };
    const { latestDraft } = openProgram(<RewardPage id="ticket" />, { document });
    expect(await screen.findByText(note)).toBeDefined();
    expect(screen.getByLabelText<HTMLSelectElement>('Item').value).toBe('ticket');
    expect(latestDraft().rewards[0]).toMatchObject({ provider: 'cine', itemId: 'ticket' });
  });
});

describe('a merchant sets a partner up', () => {
  const partner = {
    ...{ id: 'cine', name: 'Cine', kind: 'http' as const, address: 'https://cine.example/v1' },
    orders: { open: 0, delivered: 0 },
  };
  const form = (part: Partial<Parameters<typeof PartnerForm>[0]> = {}) => {
    const send = vi.fn();
    render(
      <MerchantApp>
        <PartnerForm partner={null} isBusy={false} refusal={null} send={send} {...part} />
      </MerchantApp>,
    );
    return { send, user: userEvent.setup() };
  };

  test('an address and a secret are asked for only where there is a server', async () => {
    const { send, user } = form();
    expect(screen.queryByLabelText('Secret')).toBeNull();
    await user.type(screen.getByLabelText('Name of the partner'), 'Cine');
    await user.selectOptions(screen.getByLabelText('How it works'), 'The partner’s server');
    await user.type(screen.getByLabelText('Address of its server'), 'https://cine.example');
    await user.type(screen.getByLabelText('Secret'), 's3cret');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(send).toHaveBeenCalledWith({
      name: 'Cine',
      kind: 'http',
      address: 'https://cine.example',
      secret: 's3cret',
    });
  });

  test('a secret that is kept is not shown; what was refused is said', () => {
    form({ partner, refusal: 'Give the partner a name.' });
    expect(screen.getByLabelText<HTMLInputElement>('Secret')).toMatchObject({ value: '', type: 'password' });
    expect(screen.getByText(/^Leave it empty to keep the one that is stored/)).toBeDefined();
    expect(screen.getByText('Give the partner a name.')).toBeDefined();
    expect(screen.queryByLabelText('How it works')).toBeNull();
  });

  test('each file says what became of it; the catalogue says what is left', () => {
    const file = { ...partner, kind: 'file' as const };
    render(
      <MerchantApp>
        <FileCards
          isBusy={false}
          answer={{ intent: 'codes', problems: ['Line 2: the catalogue has no such item.'], count: 0 }}
          send={vi.fn()}
        />
        <CatalogueCard partner={file} items={[{ ...ticket, free: 3 }]} />
      </MerchantApp>,
    );
    expect(screen.getAllByText('Line 2: the catalogue has no such item.')).toHaveLength(1);
    expect(screen.getByText('No code was added')).toBeDefined();
    expect(screen.queryByText('The catalogue stays as it was')).toBeNull();
    expect(screen.getAllByText('Codes left').length).toBeGreaterThan(0);
    expect(screen.getByText('3')).toBeDefined();
  });
});
