import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShopper } from 'test/devstore/storefront/shopper';
import { sendWebhooks } from 'test/devstore/webhooks/webhooks';
import { engines } from 'test/support/database';
import { openDoor, type Door } from 'test/support/door';

const slow = 120_000;

describe.each(engines)('a crowd of requests, on %s', (engine) => {
  let door: Door;
  beforeAll(async () => void (door = await openDoor(engine, 'crowd')), slow);
  afterAll(() => door?.close(), slow);

  test(
    'two hundred presses at once, of two wishes, take what the points allow; most have to wait',
    async () => {
      const email = 'crowd@example.com';
      await sendWebhooks(door.launched.store, [['orders/paid', door.buy(email)]]);
      const before = await door.available(email, 89);
      await sendWebhooks(door.launched.store, [['orders/paid', door.buy(email)]]);
      const shopper = createShopper(door.launched.store.origin);
      await shopper.signIn(email);
      const points = await door.available(email, 2 * before);
      expect([points >= 100, points < 200]).toEqual([true, true]);
      const ids = [randomUUID(), randomUUID()];
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) => shopper.redeem({ id: ids[index % 2], reward: 'five-off' })),
      );
      const waiting = answers.filter(({ status }) => status === 429);
      expect(waiting.length).toBeGreaterThan(150);
      expect(Number(waiting[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(waiting[0]?.headers.get('content-type')).toBe('application/problem+json');
      expect(answers.every(({ status }) => [200, 202, 409, 429].includes(status))).toBe(true);
      expect(await door.available(email, points - 100)).toBe(points - 100);
    },
    slow,
  );
});
