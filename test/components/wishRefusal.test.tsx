// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { WishRefusal } from '~/ui/program/WishRefusal';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(cleanup);

const said = (intent: ProgramAnswer['intent'], refusal: ProgramAnswer['refusal']): string => {
  const answer: ProgramAnswer = {
    ...{ intent, refusal, issues: [], revision: null, version: null, schemaVersion: null, things: null, kept: [] },
  };
  const { container } = render(<WishRefusal answer={answer} />, { wrapper: MerchantApp });
  return container.textContent ?? '';
};

test('a wish that came too late says that the draft has changed, and that nothing was done', () => {
  for (const intent of ['publish', 'schedule', 'unschedule', 'discard', 'restore'] as const) {
    said(intent, 'draft_changed');
    screen.getByText(
      'The draft was changed, published or discarded meanwhile. Nothing was done: look at it, then try again.',
    );
    cleanup();
  }
});

test('what is done to a draft that publishes itself says that it is locked', () => {
  said('save', 'scheduled');
  screen.getByText('This draft publishes itself at its time. Nothing was changed: take it off first.');
});

test('what the page shows itself is not said twice', () => {
  expect(said('save', 'draft_changed'), 'both drafts stand there').toBe('');
  expect(said('publish', 'apart'), 'the version stands there').toBe('');
  expect(said('schedule', 'too_soon'), 'it stands at the day').toBe('');
  expect(said('import', 'not_json'), 'it stands at the file').toBe('');
  expect(said('publish', null)).toBe('');
});
