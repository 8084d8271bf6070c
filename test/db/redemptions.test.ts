import { expect, test } from 'vitest';
import { openOlderDatabase } from 'test/support/olderDatabase';

test('redemptions of erased customers are nobody’s after the migration, and the others keep what they had', async () => {
  const { database, migrateOn, close } = await openOlderDatabase('20261126150000');
  const id = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
  await database.exec(`
    INSERT INTO program (id, created_at) VALUES ('${id(1)}', now());
    INSERT INTO member (program_id, id, created_at) VALUES ('${id(1)}', '${id(1)}', now());
    INSERT INTO redemption (program_id, id, member_id, store_id, customer_id, state, reward_id, "grant", title, points,
      amount_minor, currency, code, fingerprint, program_version, held_at, ends_at) VALUES
      ('${id(1)}', '${id(2)}', '${id(1)}', '${id(1)}', '77', 'used', 'r', '{"kind": "amount_off"}', 't', 100, 500,
        'EUR', 'A', 'f', 1, now(), now()),
      ('${id(1)}', '${id(3)}', '${id(1)}', '${id(1)}', '', 'used', 'r', '{"kind": "amount_off"}', 't', 100, 500,
        'EUR', 'B', 'f', 1, now(), now());`);
  expect(await migrateOn()).toContain('20261126150000_redemptions_without_money');
  const { rows } = await database.query('SELECT customer_id, amount_minor, currency, code FROM redemption ORDER BY id');
  expect(rows).toEqual([
    { customer_id: '77', amount_minor: 500, currency: 'EUR', code: 'A' },
    { customer_id: null, amount_minor: 500, currency: 'EUR', code: 'B' },
  ]);
  await database.exec('UPDATE redemption SET amount_minor = NULL, currency = NULL, code = NULL');
  await close();
});
