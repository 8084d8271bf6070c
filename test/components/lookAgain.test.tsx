// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { useLoaderData } from '@remix-run/react';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useLookAgain } from '~/ui/useLookAgain';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what is on its way is looked at again and again, and stays as it is while nobody answers', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let isAway = true;
  const asked = vi.fn(() => (isAway ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('ok')));
  vi.stubGlobal('fetch', asked);
  let reads = 0;
  const Page = () => {
    useLookAgain(true);
    return <p>{`read ${useLoaderData<number>()}`}</p>;
  };
  const loader = () => {
    reads += 1;
    if (isAway && reads > 1) throw new TypeError('Failed to fetch');
    return reads;
  };
  const Stub = createRemixStub([{ path: '/', Component: Page, loader, ErrorBoundary: () => <p>in trouble</p> }]);
  render(<Stub />);
  await screen.findByText('read 1');
  const tick = () => act(() => vi.advanceTimersByTimeAsync(1500));
  await tick();
  await tick();
  expect([asked.mock.calls.length, reads, screen.queryByText('in trouble')]).toEqual([2, 1, null]);
  isAway = false;
  await tick();
  await screen.findByText('read 2');
});
