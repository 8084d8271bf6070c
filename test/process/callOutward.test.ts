import { describe, expect, test } from 'vitest';
import { callOutward, isPublicAddress } from '~/process/callOutward';
import { openPartnerServer } from 'test/support/partnerServer';

const ask = (address: string, isLocal = false) =>
  callOutward({ isLocal })({ method: 'GET', address: new URL(address), headers: {}, body: null, maxBytes: 1000 });

describe('servers of others', () => {
  test('are asked in the public net only', () => {
    const closed = [
      ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
      ...['100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
      ...['::1', '::', 'fe80::1', 'fd00::1', 'fc00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1'],
      ...['2002:7f00:1::', '2001:db8::1', '2001::1', 'ff02::1', 'localhost', ''],
    ];
    for (const address of closed) expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ['8.8.8.8', '172.32.0.1', '192.167.1.1', '2606:4700::1111', '2a00:1450::1'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });

  test('are not asked at an address of this machine or its neighbours, however it is written', async () => {
    for (const host of [
      ...['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254'],
      'localhost',
    ])
      expect([host, await ask(`https://${host}:9/`)]).toMatchObject([
        host,
        { ok: false, error: { kind: 'unavailable', why: 'private' } },
      ]);
  });

  test('are asked with https only, and never with a password in the address', async () => {
    for (const address of ['http://example.com/', 'ftp://example.com/', 'https://anna:secret@example.com/'])
      expect([address, await ask(address)]).toMatchObject([address, { ok: false, error: { why: 'address' } }]);
  });

  test('no redirect is followed, and an answer that is too long is none', async () => {
    const server = await openPartnerServer();
    try {
      server.trouble = () => 'redirected';
      expect(await ask(`${server.address}/catalogue`, true)).toMatchObject({ ok: false, error: { why: 'redirect' } });
      server.trouble = () => 'endless';
      expect(await ask(`${server.address}/catalogue`, true)).toMatchObject({
        ok: false,
        error: { kind: 'unavailable' },
      });
      expect(server.asked).toHaveLength(2);
    } finally {
      await server.close();
    }
  });
});
