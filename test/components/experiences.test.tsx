// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import userEvent from '@testing-library/user-event';
import { FulfilmentList } from '~/features/fulfilment/components/FulfilmentList';
import type { ListedFulfilment } from '~/features/fulfilment/views/fulfilmentPage';
import { asId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import { at } from 'test/support/builders';
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

const item: ListedFulfilment = {
  id: asId('r1'),
  memberId: asId('m1'),
  storeId: asId('s1'),
  customerId: null,
  grant: { kind: 'experience', name: perTongue(() => 'Cellar tour'), question: null },
  points: 100,
  takenAt: at('12:00'),
  dueAt: at('13:00'),
  state: 'issued',
  finishedAt: null,
  reason: null,
  answer: null,
  by: null,
  card: null,
};

test('what is to do can be done or not, what is done can be undone, and what could not be done is over', async () => {
  const pressed: string[] = [];
  const press = (name: string) => (of: ListedFulfilment) => void pressed.push(`${name} ${of.state}`);
  const items = (['issued', 'used', 'released'] as const).map((state) => ({ ...item, id: asId(state), state }));
  render(
    <MerchantApp>
      <FulfilmentList
        items={items as readonly ListedFulfilment[]}
        now={at('12:30')}
        isBusy={false}
        done={press('done')}
        notDone={press('not done')}
        reopen={press('reopen')}
      />
    </MerchantApp>,
  );
  expect(screen.getAllByRole('button')).toHaveLength(3);
  for (const button of screen.getAllByRole('button')) await userEvent.click(button);
  expect(pressed).toEqual(['done issued', 'not done issued', 'reopen used']);
  expect(screen.getByRole('button', { name: /^Not done yet: Cellar tour, / })).toBeDefined();
});
