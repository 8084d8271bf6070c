import { lookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { ok, refuse } from '~/core/values/result';
import type { CallOutward, OutwardCall, PartnerAway } from '~/platforms/partner';

const timeoutMs = 10_000;

// What is no address in the public net (IANA's special-purpose registries): this machine, its neighbours, the
// metadata of clouds, documentation, many at once.
const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4');
// Of IPv6 only global addresses are open; of them not those that hold an address of IPv4, nor documentation.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(net, bits, 'ipv6');
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** Whether an address (a number, not a name) belongs to the public net. */
export const isPublicAddress = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, 'ipv4');
    case 6:
      return global.check(address, 'ipv6') && !closed.check(address, 'ipv6');
    default:
      return false;
  }
};

class PrivateNet extends Error {}

// The address that is connected to is the one that was looked at: a name cannot mean another one meanwhile.
const publicLookup: LookupFunction = (name, options, done) =>
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, []);
    if (found.length === 0 || found.some(({ address }) => !isPublicAddress(address)))
      return done(new PrivateNet('this name leads into a private net'), []);
    if (options.all === true) return done(null, found);
    return done(null, found[0]?.address ?? '', found[0]?.family);
  });

const refusalOf = ({ protocol, hostname, username, password }: URL): PartnerAway['why'] | null => {
  if (protocol !== 'https:' || username !== '' || password !== '') return 'address';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'private' : null;
};

const away = (reason: string, why?: PartnerAway['why']) =>
  refuse({ kind: 'unavailable' as const, reason, ...(why === undefined ? {} : { why }) });

/**
 * Calls servers of others, at addresses that merchants write: only with https, only in the public net, whatever a name
 * is said to mean; redirects are not followed; 10 seconds, and so many bytes. `isLocal`: the demo and the tests, whose
 * partners are on this machine.
 */
export const callOutward =
  ({ isLocal }: { readonly isLocal: boolean }): CallOutward =>
  async (call) => {
    const refusal = isLocal ? null : refusalOf(call.address);
    if (refusal != null) return away(`the address is not asked: ${refusal}`, refusal);
    try {
      const answer = await send(call, isLocal);
      return answer.status >= 300 && answer.status < 400
        ? away('the partner sends to another address', 'redirect')
        : ok(answer);
    } catch (error) {
      if (error instanceof PrivateNet) return away(error.message, 'private');
      return away(error instanceof Error ? error.message : String(error));
    }
  };

const send = (
  { method, address, headers, body, maxBytes }: OutwardCall,
  isLocal: boolean,
): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const open = address.protocol === 'http:' ? plainRequest : secureRequest;
    const signal = AbortSignal.timeout(timeoutMs);
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, signal, agent: false as const };
    const request = open(address, isLocal ? options : { ...options, lookup: publicLookup }, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size > maxBytes) request.destroy(new Error('the answer is too large'));
        else parts.push(part);
      });
      response.once('error', reject);
      response.once('close', () => reject(new Error('the answer ended early')));
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      );
    });
    request.once('error', reject);
    request.end(body ?? undefined);
  });
