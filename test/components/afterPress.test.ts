// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { afterPress } from '~/ui/afterPress';

const pointer = (kind: 'pointerdown' | 'pointerup' | 'pointercancel'): boolean =>
  document.dispatchEvent(new Event(kind));
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('without a press it is done at once', () => {
  const done: string[] = [];
  afterPress(() => done.push('left'));
  expect(done).toEqual(['left']);
});

test.each(['pointerup', 'pointercancel'] as const)('during a press it waits for %s, and for the click', async (end) => {
  const done: string[] = [];
  pointer('pointerdown');
  afterPress(() => done.push('left'));
  await nextTurn();
  expect(done).toEqual([]);
  pointer(end);
  done.push('click');
  await nextTurn();
  expect(done).toEqual(['click', 'left']);
  afterPress(() => done.push('at once'));
  expect(done).toEqual(['click', 'left', 'at once']);
});
