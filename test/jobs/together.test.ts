import { expect, test } from 'vitest';
import { together } from '~/jobs/together';

const gate = () => {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
};

test('what arrives while a write is under way shares the next one', async () => {
  const writes: (readonly number[])[] = [];
  const first = gate();
  const write = together<number>(async (items) => {
    writes.push(items);
    if (writes.length === 1) await first.passed;
  }, 60_000);
  const all = [write([1]), write([2]), write([3, 4])];
  first.open();
  await Promise.all(all);
  expect(writes).toEqual([[1], [2, 3, 4]]);
});

test('one that cannot be written fails alone, and nobody is told before it is stored', async () => {
  const stored: number[] = [];
  const first = gate();
  const write = together<number>(async (items) => {
    if (items.includes(0)) await first.passed;
    if (items.includes(13)) throw new Error('unlucky');
    stored.push(...items);
  }, 60_000);
  const outcomes = [[0], [1], [13], [2]].map((items) =>
    write(items).then(
      () => `stored ${stored.includes(items[0] ?? -1)}`,
      (error: Error) => error.message,
    ),
  );
  first.open();
  expect(await Promise.all(outcomes)).toEqual(['stored true', 'stored true', 'unlucky', 'stored true']);
});

test('what waits longer than anybody does is refused and never written', async () => {
  const stored: number[] = [];
  const first = gate();
  const write = together<number>(async (items) => {
    if (items.includes(0)) await first.passed;
    stored.push(...items);
  }, 50);
  const begun = write([0]);
  await expect(write([1])).rejects.toThrow('The queue could not take it within 50 ms.');
  first.open();
  await begun;
  await write([2]);
  expect(stored).toEqual([0, 2]);
});
