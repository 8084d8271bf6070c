import { expect, test } from 'vitest';
import { axisOf } from '~/ui/axis';

test.each([
  [0, [0, 1, 2]],
  [1, [0, 1, 2]],
  [4, [0, 1, 2, 3, 4]],
  [97, [0, 50, 100]],
  [6362, [0, 2000, 4000, 6000, 8000]],
] as const)('the axis of %s ends at a round number above', (highest, marks) => {
  expect(axisOf(highest)).toEqual(marks);
});
