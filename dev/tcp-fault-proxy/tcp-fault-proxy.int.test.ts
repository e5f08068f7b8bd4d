import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTcpFaultProxy, type TcpFaultProxy } from './start';

let target: Server;
let proxy: TcpFaultProxy;
let received: Buffer;
let sockets: Socket[];

/** Waits until the target holds this many bytes. */
async function untilReceived(bytes: number): Promise<void> {
  while (received.length < bytes) await once(target, 'took', { signal: AbortSignal.timeout(10_000) });
}

beforeEach(async () => {
  received = Buffer.alloc(0);
  sockets = [];
  target = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      socket.write(bytes);
      target.emit('took');
    });
    socket.on('end', () => socket.end('bye'));
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  proxy = await startTcpFaultProxy({ targetPort: (target.address() as AddressInfo).port });
});

afterEach(async () => {
  await proxy.close();
  for (const socket of sockets) socket.destroy();
  target.close();
  await once(target, 'close');
});

function open(): Socket {
  return connect({ port: proxy.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
}

/** Everything the socket says until it ends; rejects with its error. */
async function readAll(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const PAYLOAD = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

test.each([
  ['no fault', {}],
  ['latency', { latencyMs: 30 }],
  ['a rate', { bytesPerSecond: 3_000_000 }],
  ['latency and a rate', { latencyMs: 30, bytesPerSecond: 3_000_000 }],
])('with %s every byte passes both ways in order, and the end after them', async (_, fault) => {
  proxy.setFault(fault);
  const socket = open();
  socket.end(PAYLOAD);
  const answer = await readAll(socket);
  expect(received.equals(PAYLOAD)).toBe(true);
  expect(answer.equals(Buffer.concat([PAYLOAD, Buffer.from('bye')]))).toBe(true);
});

test('a cut lets through exactly the bytes before it and resets the client', async () => {
  proxy.setFault({ cutAfter: { direction: 'to-target', bytes: 1_000 } });
  const socket = open();
  socket.end(PAYLOAD);
  await expect(readAll(socket)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await untilReceived(1_000);
  expect(received.equals(PAYLOAD.subarray(0, 1_000))).toBe(true);
});

test('a cut of the answer leaves the request applied', async () => {
  proxy.setFault({ cutAfter: { direction: 'to-client', bytes: 0 } });
  const socket = open();
  socket.write('request');
  await expect(readAll(socket)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(received.toString()).toBe('request');
});

test('a black hole passes nothing and says nothing; what was sent goes on when it ends', async () => {
  const socket = open();
  socket.write('before');
  await untilReceived(6);
  proxy.setFault({ blackHole: true });
  socket.end('during');
  const other = open();
  await once(other, 'connect');
  other.end('other');
  expect(received.toString()).toBe('before');
  proxy.setFault({});
  expect((await readAll(socket)).toString()).toBe('beforeduringbye');
  expect((await readAll(other)).toString()).toBe('otherbye');
});

test('a black hole in one direction lets the other through', async () => {
  proxy.setFault({ blackHole: 'to-client' });
  const socket = open();
  socket.end('request');
  await untilReceived(7);
  expect(socket.bytesRead).toBe(0);
  proxy.setFault({});
  expect((await readAll(socket)).toString()).toBe('requestbye');
});

test('refusing resets new connections and leaves open ones alone', async () => {
  const early = open();
  early.write('a');
  await untilReceived(1);
  proxy.setFault({ refuse: true });
  await expect(readAll(open())).rejects.toMatchObject({ code: 'ECONNRESET' });
  early.end('b');
  expect((await readAll(early)).toString()).toBe('abbye');
  expect(proxy.connectionsTaken).toBe(2);
});

test('cutting all resets what is open and takes new connections afterwards', async () => {
  const socket = open();
  socket.write('a');
  await untilReceived(1);
  proxy.cutAll();
  await expect(readAll(socket)).rejects.toMatchObject({ code: 'ECONNRESET' });
  const next = open();
  next.end('b');
  expect((await readAll(next)).toString()).toBe('bbye');
});

test('a target that is gone resets the client', async () => {
  const gone = await startTcpFaultProxy({ targetPort: 1 });
  const socket = connect({ port: gone.port, host: '127.0.0.1' });
  await expect(readAll(socket)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await gone.close();
});
