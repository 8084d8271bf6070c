import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A way to a server that can be frozen, as a machine that hangs is: everything is accepted, nothing comes back until it
 * thaws.
 */
export type FreezableWay = {
  readonly url: string;
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly close: () => Promise<void>;
};

export const freezableWay = (target: string): Promise<FreezableWay> => {
  const to = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let frozen = false;
  const server = createServer((inner) => {
    const outer = connect(Number(to.port || 5432), to.hostname);
    const pair = [inner, outer] as const;
    pairs.add(pair);
    inner.pipe(outer);
    outer.pipe(inner);
    if (frozen) for (const socket of pair) socket.pause();
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        pairs.delete(pair);
        for (const one of pair) one.destroy();
      });
    }
  });
  const url = new URL(target);
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      url.hostname = '127.0.0.1';
      url.port = String((server.address() as AddressInfo).port);
      resolve({
        url: url.href,
        freeze: () => {
          frozen = true;
          for (const pair of pairs) for (const socket of pair) socket.pause();
        },
        thaw: () => {
          frozen = false;
          for (const pair of pairs) for (const socket of pair) socket.resume();
        },
        close: () =>
          new Promise((closed) => {
            for (const pair of pairs) for (const socket of pair) socket.destroy();
            server.close(() => closed());
          }),
      });
    }),
  );
};
