// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { FailedList } from '~/features/health/components/FailedList';
import { HeldUpFollowers } from '~/features/health/components/HeldUpFollowers';
import { RunList } from '~/features/health/components/RunList';
import { isMessage, type Language } from '~/i18n/catalog';
import { followers, jobs } from '~/process/wings';
import { asId, type MemberId } from '~/core/values/ids';
import { MergedBanner } from '~/ui/MergedBanner';
import { at } from 'test/support/builders';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(cleanup);

const show = (shown: React.ReactNode, language: Language = 'it'): void => {
  const Stub = createRemixStub([
    { path: '/', Component: () => <MerchantApp language={language}>{shown}</MerchantApp> },
  ]);
  render(<Stub />);
};

describe('what is not well is said in the merchant’s language', () => {
  test('every job and every follower has a name', () => {
    const names = [
      ...jobs.map(({ queue }) => `job.${queue.replaceAll('-', '_')}`),
      ...followers.map(({ name }) => `follower.${name}`),
    ];
    expect(names.filter((name) => !isMessage(name))).toEqual([]);
  });

  test('an operation that failed by its name, a message by its topic, and beside them what a helper asks for', async () => {
    const unread = {
      id: '2',
      topic: 'orders/create',
      reason: 'no line',
      bytes: 20,
      canTry: true,
      receivedAt: at('12:00'),
    };
    const failed = [
      { id: '1', name: 'settle-orders', reason: 'Throttled' },
      { id: '3', name: 'job-of-long-ago', reason: 'unknown' },
    ];
    show(<FailedList failed={failed} unread={[unread]} />);
    expect(await screen.findByText('Punti di un ordine')).toBeDefined();
    expect(screen.getByText('Dettaglio tecnico: Throttled')).toBeDefined();
    expect(screen.getByText('job-of-long-ago')).toBeDefined();
    expect(screen.getByText('Messaggio del negozio: orders/create')).toBeDefined();
  });

  test('a part that is held up, and a comparison that Shopify refused', async () => {
    show(
      <HeldUpFollowers followers={[{ name: 'warnings', attempts: 2, failure: 'no answer', dropped: 0 } as never]} />,
    );
    expect(await screen.findByText(/^Avvisi prima della scadenza dei punti: non riuscita 2 volte/)).toBeDefined();
    cleanup();
    const run = { id: 'r', state: 'failed', startedAt: at('12:00'), seen: 0, missing: 0, stale: 0, drift: 0 };
    const refused = { ...run, labels: 0, marks: 0, findings: [], failure: 'Access denied' };
    show(<RunList runs={[refused as never]} />);
    expect(await screen.findByText('Risposta di Shopify: «Access denied»')).toBeDefined();
  });
});

test('a profile that was merged says so and leads to the other one; any other says nothing', async () => {
  show(<MergedBanner into={asId<MemberId>('ada')} />);
  expect(await screen.findByText(/^Questo profilo è stato unito a un altro/)).toBeDefined();
  expect(screen.getByRole('link', { name: 'Apri l’altro profilo' }).getAttribute('href')).toBe('/app/members/ada');
  cleanup();
  show(<MergedBanner into={null} />);
  expect(screen.queryByText(/unito a un altro/)).toBeNull();
});
