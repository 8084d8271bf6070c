import { Agent, createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { drainable } from '~/process/drain';

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

const ask = (port: number, agent: Agent): Promise<string> =>
  new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, agent }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(`${answer.statusCode} ${answer.headers.connection}`));
    });
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end();
  });

test('a server that ends answers what was asked on open connections, cuts nobody off and lets nobody new in', async () => {
  let answered = 0;
  const server = createServer((_, response) => {
    setTimeout(() => {
      answered += 1;
      response.end('done');
    }, 20);
  });
  const drain = drainable(server);
  const port = await listen(server);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const seen: string[] = [];
  const senders = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (;;) {
        const told = await ask(port, agent);
        seen.push(told);
        if (!told.startsWith('200')) return;
      }
    }),
  );
  await sleep(200);
  await drain(10_000);
  await senders;
  agent.destroy();
  expect(seen.filter((told) => told.startsWith('200'))).toHaveLength(answered);
  expect(new Set(seen)).toEqual(new Set(['200 keep-alive', '200 close', 'ECONNREFUSED']));
});

test('nobody is cut off although a request is on its way on a connection that seems to be idle', async () => {
  const server = createServer((_, response) => void response.end('done'));
  const drain = drainable(server);
  const port = await listen(server);
  const agent = new Agent({ keepAlive: true });
  expect(await ask(port, agent)).toBe('200 keep-alive');
  const drained = drain(10_000);
  expect(await ask(port, agent)).toBe('200 close');
  await drained;
  expect(await ask(port, agent)).toBe('ECONNREFUSED');
  agent.destroy();
});

test('a connection on which nothing is asked does not hold it up, one on which nothing is answered only for so long', async () => {
  const server = createServer(() => undefined); // never answers
  const drain = drainable(server);
  const port = await listen(server);
  const silent = connect(port, '127.0.0.1');
  const agent = new Agent({ keepAlive: true });
  const hanging = ask(port, agent);
  await sleep(50);
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await drain(1500);
  await ended;
  expect(await hanging).toBe('ECONNRESET');
  agent.destroy();
});
