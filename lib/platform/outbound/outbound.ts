import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { OutboundError } from './outbound-error';
import { type OutboundTarget, type Resolve, resolveTarget } from './resolve-target';

export interface OutboundCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From the look-up of the name to the last byte that is read of the answer. */
  readonly deadlineMs: number;
}

export interface OutboundAnswer {
  readonly status: number;
  /** At most ANSWER_BYTES_MAX bytes of it; the rest is not read. */
  readonly body: Buffer;
}

/** The one way to addresses that somebody outside has named. */
export interface Outbound {
  /** Follows no redirect: a 3xx is an answer like any other. Rejects with OutboundError only. */
  post(call: OutboundCall): Promise<OutboundAnswer>;
}

export const ANSWER_BYTES_MAX = 16 * 1024;

const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** `allowedOrigins` may be private and plain HTTP: for tests and the demo, empty otherwise. */
export function createOutbound(options: {
  readonly allowedOrigins: readonly string[];
  readonly resolve?: Resolve;
}): Outbound {
  const rules = { allowedOrigins: options.allowedOrigins, resolve: options.resolve ?? resolveBySystem };
  return {
    async post(call) {
      const signal = AbortSignal.timeout(call.deadlineMs);
      const target = await withinDeadline(resolveTarget(call.url, rules), signal);
      return send(target, call, signal);
    },
  };
}

/** A look-up cannot be cancelled, only left behind. */
function withinDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new OutboundError('TIMED_OUT')), { once: true });
    work.then(resolve, reject);
  });
}

function send({ url, address }: OutboundTarget, call: OutboundCall, signal: AbortSignal) {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const body = Buffer.from(call.body, 'utf8');
  const request = (url.protocol === 'https:' ? https : http).request({
    host: address,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port,
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    headers: { ...call.headers, host: url.host, 'content-length': body.length },
    // The certificate is that of the name, though the address was dialled.
    ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
    // A socket of its own: a kept one would answer for a name that has moved since.
    agent: false,
    signal,
  });
  return new Promise<OutboundAnswer>((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new OutboundError(signal.aborted ? 'TIMED_OUT' : 'UNREACHABLE', { cause }));
    request.on('error', fail);
    request.on('response', (response) => {
      readCapped(response).then((answered) => {
        resolve({ status: response.statusCode ?? 0, body: answered });
        request.destroy();
      }, fail);
    });
    request.end(body);
  });
}

async function readCapped(response: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    const chunk = Buffer.from(part);
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES_MAX);
}
