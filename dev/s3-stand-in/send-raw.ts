import { type ServerResponse, STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './handlers/exchange';

function headOf(reply: Reply, contentLength: number): string {
  const headers = { ...reply.headers, 'content-length': String(contentLength) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}\r\n${lines.join('')}\r\n`;
}

/** Sends an answer byte by byte, its headers too, and ends when nobody listens any more. Bodies are left out. */
export async function dripReply(
  response: ServerResponse,
  reply: Reply,
  rate: { readonly bytesPerSecond: number; readonly closed: AbortSignal },
): Promise<void> {
  const { socket } = response;
  for (const character of headOf(reply, 0)) {
    if (socket === null || socket.destroyed) return;
    socket.write(character);
    await sleep(1_000 / rate.bytesPerSecond, undefined, { signal: rate.closed });
  }
  socket?.end();
}

/** Sends the headers and the beginning of a body, and resets the connection. */
export async function cutReply(response: ServerResponse, reply: Reply): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  await new Promise<void>((resolve) =>
    socket.write(`${headOf(reply, 1_000)}<?xml version=`, () => resolve()),
  );
  socket.resetAndDestroy();
}
