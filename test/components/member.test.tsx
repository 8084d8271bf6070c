// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { act, cleanup, render, screen } from '@testing-library/react';
import type * as polaris from '@shopify/polaris';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RewardGrant } from '~/core/rewards/grants';
import { points } from '~/core/values/points';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import { RunList } from '~/features/health/components/RunList';
import { MemberActions } from '~/ui/MemberActions';
import { RedemptionsCard } from '~/ui/MemberCards';
import { CancelDialog } from '~/ui/memberDialogs/CancelDialog';
import { MergeDialog } from '~/ui/memberDialogs/MergeDialog';
import { TierDialog } from '~/ui/memberDialogs/TierDialog';
import { at } from 'test/support/builders';
import { MerchantApp as App } from 'test/support/merchantApp';

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const show = (page: ReactNode, loader: () => number = () => 0): void => {
  const Stub = createRemixStub([{ path: '/', Component: () => <App>{page}</App>, loader }]);
  render(<Stub />);
};

const balance = { available: points(700), pending: points(5), debt: points(0), nextChangeAt: null };

type Taken = Parameters<typeof RedemptionsCard>[0]['redemptions'][number];

const taken = (id: string, grant: Partial<RewardGrant>, amountMinor: number | null = null): Taken =>
  ({
    ...{ id: asId(id), grant, amountMinor, currency: amountMinor === null ? null : 'EUR', points: 20 },
    ...{ state: 'issued', code: `CODE-${id}`, heldAt: at('12:00'), backBy: at('13:00') },
  }) as Taken;

describe('what a member took', () => {
  test('says what it is, and not only what it is worth', async () => {
    const redemptions = [
      taken('1', { kind: 'amount_off' }, 500),
      taken('2', { kind: 'gift_card' }, 500),
      taken('3', { kind: 'percent_off', basisPoints: 1250 }),
      taken('4', { kind: 'donation', charity: 'Bosco Vivo' }, 500),
      taken('5', { kind: 'experience', name: perTongue(() => 'Cellar tour') }),
    ];
    show(<RedemptionsCard redemptions={redemptions} />);
    const words = ['Discount · €5.00', 'Gift card · €5.00', 'Percentage off · 12.5%', 'Donation · Bosco Vivo · €5.00'];
    for (const text of [...words, 'Cellar tour']) expect(await screen.findByText(text)).toBeDefined();
  });
  test('a code is chosen by what it is for', async () => {
    const dialog = { wish: 'w', refusal: null, ask: null, unsent: null, close: () => undefined };
    show(<CancelDialog {...dialog} codes={[taken('1', { kind: 'amount_off' }, 500)]} />);
    expect(await screen.findByRole('option', { name: 'CODE-1' })).toBeDefined();
    expect(screen.getByText('Discount · €5.00 · 20 points')).toBeDefined();
  });
});

test('a tier is not given without a reason, and the field says so', async () => {
  const dialog = { wish: 'w', refusal: null, ask: null, unsent: null, close: () => undefined };
  const tiers = {
    current: null,
    levels: [{ id: 'gold', name: perTongue(() => 'Gold') }],
    currency: 'EUR',
    changes: [],
  };
  show(<TierDialog {...dialog} tiers={tiers} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Assign' }));
  expect(screen.getByText('Say why.')).toBeDefined();
});

test('a comparison that runs is looked at again until it is done', async () => {
  const run = { id: 'r', state: 'running', startedAt: at('12:00'), seen: 0, missing: 0, stale: 0, drift: 0 };
  let asked = 0;
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('ok')));
  show(<RunList runs={[{ ...run, labels: 0, marks: 0, findings: [] } as never]} />, () => (asked += 1));
  expect(await screen.findByText('Running')).toBeDefined();
  const before = asked;
  await act(() => vi.advanceTimersByTimeAsync(3500));
  expect(asked).toBeGreaterThan(before);
});

/** What the admin's bar said, newest last. */
const toasts = (): string[] => {
  const said: string[] = [];
  vi.stubGlobal('shopify', { toast: { show: (text: string) => void said.push(text) } });
  return said;
};

test('what staff did is said once it is done, and the dialog closes', async () => {
  const said = toasts();
  vi.stubGlobal('crypto', { ...crypto, randomUUID: () => 'wish' });
  const page = { memberId: asId<MemberId>('m'), card: null, balance, tiers: null, redemptions: [], unsent: null };
  const Page = () => {
    const [answer, setAnswer] = useState<{ done: string | null; refusal: null; ask: null }>();
    return (
      <>
        <button onClick={() => setAnswer({ done: 'wish', refusal: null, ask: null })}>it is done</button>
        <MemberActions {...page} answer={answer} />
      </>
    );
  };
  show(<Page />);
  await userEvent.click(await screen.findByRole('button', { name: 'Actions' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Adjust the balance' }));
  expect(screen.getByRole('dialog')).toBeDefined();
  expect(said).toEqual([]);
  await act(async () => screen.getByText('it is done').click());
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(said).toEqual(['Balance adjusted']);
});

test('among what staff may do is the way to the customer in Shopify', async () => {
  toasts();
  const card = {
    customerId: asId<PlatformId>('41'),
    displayName: 'Giulia',
    email: null,
    emailVerified: false,
    marks: [],
  };
  const page = {
    memberId: asId<MemberId>('m'),
    card,
    balance,
    tiers: null,
    redemptions: [],
    answer: undefined,
    unsent: null,
  };
  show(<MemberActions {...page} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Actions' }));
  const way = screen.getByRole('menuitem', { name: 'View customer in Shopify' });
  expect(way.getAttribute('href')).toBe('shopify://admin/customers/41');
});

test('before two members are made one, the dialog says what will be', async () => {
  const named = (displayName: string) => ({
    ...{ customerId: asId<PlatformId>('41'), displayName, email: `${displayName}@example.com`.replace(' ', '.') },
    ...{ emailVerified: true, marks: [] },
  });
  const other = (memberId: string, name: string) => ({ memberId, available: 282, pending: 3, card: named(name) });
  const members = [other('m', 'Giulia Rossi'), other('n', 'Giulia Ricci'), other('o', 'Giulia Ricci')];
  const asked: string[] = [];
  const dialog = { wish: 'w', refusal: null, ask: null, unsent: null, close: () => undefined };
  const self = { memberId: asId<MemberId>('m'), card: named('Giulia Rossi'), balance };
  const Stub = createRemixStub([
    {
      path: '/',
      Component: () => (
        <App>
          <MergeDialog {...dialog} self={self} />
        </App>
      ),
    },
    {
      path: '/app/members',
      children: [
        {
          index: true,
          loader: ({ request }) => {
            asked.push(new URL(request.url).searchParams.get('q') ?? '');
            return { members };
          },
        },
      ],
    },
  ]);
  render(<Stub />);
  await userEvent.type(await screen.findByLabelText(/of the other member$/), ' giulia {Enter}');
  const choices = await screen.findAllByRole('radio', { name: 'Giulia Ricci' });
  expect(asked).toEqual(['giulia']);
  expect(choices).toHaveLength(2);
  expect(screen.queryByRole('radio', { name: 'Giulia Rossi' })).toBeNull();
  expect(screen.queryByText(/After merging/)).toBeNull();
  await userEvent.click(choices[1] as HTMLElement);
  expect(
    screen.getByText(/^After merging, Giulia Rossi stays, with 982 points available and 8 points pending\./),
  ).toBeDefined();
});
