import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network as a phone has it: how long a question takes to be answered, and how much comes in a second. */
export type Network = { readonly roundTripMs: number; readonly bytesPerSecond: number };
export type Kept = { readonly type: string; readonly isGzip: boolean; readonly body: Buffer };

/** What TCP carries at once. */
const packetBytes = 1_448;
// A new connection: one round trip for TCP and one for TLS, before the one of the question.
const roundTripsToConnect = 2;

/**
 * Serves kept answers by HTTP/2 over one slow line, packet by packet: what the browser calls more urgent (RFC 9218)
 * goes first, the equally urgent by turns. Where there is no network all goes at once. Not modelled: TCP's slow start,
 * loss. Needs `openssl` for a certificate.
 */
export const serveOverLink = async (
  network: Network | null,
  read: (path: string) => Promise<Kept>,
): Promise<{ readonly origin: string; readonly close: () => void }> => {
  const send = network === null ? atOnce : overLine(network.bytesPerSecond);
  const kept = new Map<string, Promise<Kept>>();
  const server = createSecureServer(certificate(), ({ url, headers }, response) => {
    const known = kept.get(url) ?? read(url);
    kept.set(url, known);
    void known.then(({ type, isGzip, body }) => {
      const roundTrips = type.includes('html') ? 1 + roundTripsToConnect : 1;
      setTimeout(
        () => {
          response.writeHead(200, { 'content-type': type, ...(isGzip ? { 'content-encoding': 'gzip' } : {}) });
          send(response, body, urgencyOf(String(headers.priority)));
        },
        roundTrips * (network?.roundTripMs ?? 0),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
};

const certificate = (): { readonly key: Buffer; readonly cert: Buffer } => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, '-subj', '/CN=127.0.0.1'], {
    stdio: 'ignore',
  });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
};

/** From 0, at once, to 7; 3 where nothing is said. */
const urgencyOf = (priority: string): number => Number(/u=(\d)/.exec(priority)?.[1] ?? 3);

type Send = (response: Http2ServerResponse, body: Buffer, urgency: number) => void;

const atOnce: Send = (response, body) => void response.end(body);

/** The line is free again when the packet before has gone. */
const overLine = (bytesPerSecond: number): Send => {
  const waiting: { readonly response: Http2ServerResponse; rest: Buffer; readonly urgency: number }[] = [];
  let freeAt = 0;
  const next = (): void => {
    while (waiting.length > 0 && freeAt <= performance.now()) {
      const first = Math.min(...waiting.map(({ urgency }) => urgency));
      const [sending] = waiting.splice(
        waiting.findIndex(({ urgency }) => urgency === first),
        1,
      );
      if (sending === undefined) return;
      const packet = sending.rest.subarray(0, packetBytes);
      sending.response.write(packet);
      sending.rest = sending.rest.subarray(packet.length);
      freeAt += (packet.length / bytesPerSecond) * 1_000;
      if (sending.rest.length > 0) waiting.push(sending);
      else sending.response.end();
    }
    if (waiting.length > 0) setTimeout(next, freeAt - performance.now());
  };
  return (response, body, urgency) => {
    const isIdle = waiting.length === 0;
    waiting.push({ response, rest: body, urgency });
    if (!isIdle) return;
    freeAt = Math.max(freeAt, performance.now());
    next();
  };
};
