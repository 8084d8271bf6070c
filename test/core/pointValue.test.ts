import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { largeWorth } from '~/core/program/pointValue';

describe('a correction that deserves a second look', () => {
  const euros = defaultDocument('EUR', 'Europe/Rome');
  test.each([
    [1999, null],
    [2000, 10_000],
    [-2000, 10_000],
    [999_999_999, 4_999_999_995],
  ])('%d points, 100 of them worth 5 €: %s', (points, worth) => {
    expect(largeWorth(euros, points, 'EUR')).toBe(worth);
  });
  test('where a unit of money is worth little, the limit is higher', () => {
    const yen = defaultDocument('JPY', 'Asia/Tokyo');
    expect(largeWorth(yen, 1_999, 'JPY')).toBeNull();
    expect(largeWorth(yen, 2_000, 'JPY')).toBe(10_000);
  });
  test('where nothing says what points are worth, many points are much', () => {
    const bare = { ...euros, rewards: [] };
    expect(largeWorth(bare, 9_999, 'EUR')).toBeNull();
    expect(largeWorth(bare, 10_000, 'EUR')).toBe(0);
  });
});
