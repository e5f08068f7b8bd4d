import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@/lib/platform/logger';
import type { Service } from './service';

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  /** What is not ready; empty means ready. */
  readonly notReady: () => readonly string[];
  readonly logger: Logger;
}

/** `/healthz` answers while the process lives, `/readyz` only while it may get work. */
export function createHealthServer({ host, port, notReady, logger }: HealthServerOptions): Service {
  const server = createServer((request, response) => {
    const waiting = request.url === '/readyz' ? notReady() : [];
    const status = request.url === '/healthz' || request.url === '/readyz' ? 200 : 404;
    response.writeHead(waiting.length > 0 ? 503 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ notReady: waiting }));
  });
  server.requestTimeout = 5_000;
  return {
    name: 'health',
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', (error) =>
          reject(new Error(`The health address ${host}:${port} cannot be used: ${error.message}`)),
        );
        server.listen(port, host, () => {
          const address = server.address() as AddressInfo;
          logger.info({ host, port: address.port }, 'Health server is listening');
          resolve();
        });
      }),
    isReady: () => true,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
