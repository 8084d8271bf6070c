import { expect, test } from 'vitest';
import { asId, type MemberId } from '~/core/values/ids';
import { sampled } from '~/features/simulation/usecases/runSimulation';

const members = (count: number, orders: number) =>
  Array.from({ length: count }, (_, index) => ({ memberId: asId<MemberId>(`member-${index}`), orders }));

test('up to a million orders everybody is played; of more a part of the members, and it is said of how many', () => {
  const whole = members(1000, 1000);
  expect(sampled(whole)).toEqual({ members: whole, sampleOf: null });
  const part = sampled(members(1000, 4000));
  expect(part.sampleOf).toBe(4_000_000);
  // A quarter of them, by their ids; the same ones each time.
  expect(part.members.length).toBeGreaterThan(200);
  expect(part.members.length).toBeLessThan(300);
  expect(sampled(members(1000, 4000))).toEqual(part);
});
