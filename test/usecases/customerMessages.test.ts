import { describe, expect, test } from 'vitest';
import { asId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { readTopic } from '~/platforms/shopify/readTopic';
import { effectOf } from '~/usecases/followMessages';

const store = {
  programId: asId<ProgramId>('00000000-0000-7000-8000-000000000001'),
  storeId: asId<StoreId>('00000000-0000-7000-8000-000000000002'),
  platform: 'shopify' as const,
  domain: 'a.myshopify.com',
};
const customerId = asId<PlatformId>('77');
const effects = (topic: string, body: unknown) => {
  const read = readTopic(topic, body, (email) => `hash of ${email}`);
  return read.kind === 'unreadable'
    ? read.sentence
    : (read.kind === 'told' ? read.messages : []).map((message) => effectOf(store, message, instant(8e12)));
};

describe('what messages about customers say', () => {
  const account = { id: 77, email: 'a@example.com', verified_email: true, updated_at: '2026-06-10T12:00:00+02:00' };
  const told = Date.parse('2026-06-10T10:00:00Z');
  test.each([
    [
      'a verified address',
      'customers/update',
      account,
      { emailHash: 'hash of a@example.com', toldAt: told, isDeleted: false },
    ],
    [
      'an address that is not verified',
      'customers/create',
      { ...account, verified_email: false },
      { emailHash: null, toldAt: told, isDeleted: false },
    ],
    [
      'without a time it counts as of when it comes',
      'customers/create',
      { ...account, updated_at: null },
      { toldAt: null },
    ],
    ['a deletion', 'customers/delete', { id: 77 }, { emailHash: null, toldAt: null, isDeleted: true }],
  ])('%s', (_, topic, body, expected) => {
    expect(effects(topic, body)).toMatchObject([{ kind: 'note_customer', store, customerId, ...expected }]);
  });
  const tags = { customerId: 'gid://shopify/Customer/77', tags: ['a', 'b'], occurredAt: '2026-06-10T10:00:00.500Z' };
  test.each([
    ['customer.tags_added', 'added'],
    ['customer.tags_removed', 'removed'],
  ])('%s is a dated change of labels', (topic, kind) => {
    expect(effects(topic, tags)).toEqual([
      { kind: 'note_labels', store, change: { customerId, kind, labels: ['a', 'b'], at: told + 500 } },
    ]);
  });
  test.each([
    ['no customer', { ...tags, customerId: 'gid://shopify/Order/77' }],
    ['no tags', { ...tags, tags: 'a' }],
    ['no time', { ...tags, occurredAt: 'yesterday' }],
  ])('%s: a sentence', (_, body) => {
    expect(effects('customer.tags_added', body)).toMatch(/^The message does not .*\.$/);
  });
});
