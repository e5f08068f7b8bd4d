import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRedisDriver } from './redis-driver';

const INFO = 'redis_version:7.2.0\r\nmaxmemory_policy:noeviction\r\n';

let server: Server;
let port: number;
let isMute = false;
const sockets = new Set<Socket>();
beforeEach(async () => {
  isMute = false;
  // Says OK to every command of a batch, and can fall silent with its connections open.
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (isMute) return;
      const commands = data.toString().match(/^\*\d+/gm) ?? [];
      const reply = /\r\ninfo\r\n/i.test(data.toString()) ? `$${INFO.length}\r\n${INFO}\r\n` : '+OK\r\n';
      socket.write(reply.repeat(commands.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  port = address.port;
});
afterEach(async () => {
  isMute = false;
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test('publishing to a server that has fallen silent fails instead of waiting for ever', async () => {
  const driver = await openRedisDriver(`redis://127.0.0.1:${port}`, 'test', 200);
  const queue = driver.openQueue('q', () => undefined);
  await queue.addBulk([{ name: 'first', data: {}, opts: {} }]);
  isMute = true;
  await expect(queue.addBulk([{ name: 'second', data: {}, opts: {} }])).rejects.toThrow('Command timed out');
  isMute = false;
  await driver.close();
});

test('closing does not wait for a server that has fallen silent', async () => {
  const driver = await openRedisDriver(`redis://127.0.0.1:${port}`, 'test', 200);
  isMute = true;
  await driver.close();
});

test('a server that is not there is named in one sentence, without its password', async () => {
  await new Promise((resolve) => server.close(resolve));
  await expect(openRedisDriver(`redis://:hidden@127.0.0.1:${port}`, 'test')).rejects.toThrow(
    `The Redis at 127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}. Is it running, and is REDIS_URL right?`,
  );
});
