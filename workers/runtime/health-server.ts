import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@/lib/platform/logger';
import type { ProcessMetrics } from '@/lib/platform/metrics/process-metrics';
import type { Service } from './service';

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  /** What is not ready; empty means ready. */
  readonly notReady: () => readonly string[];
  readonly metrics: Pick<ProcessMetrics, 'contentType' | 'text'>;
  readonly logger: Logger;
}

/** `/healthz` answers while the process lives, `/readyz` only while it may get work, `/metrics` for Prometheus. */
export function createHealthServer(options: HealthServerOptions): Service {
  const { host, port, notReady, metrics, logger } = options;
  const server = createServer((request, response) => {
    if (request.url === '/metrics') return void answerMetrics(metrics, response);
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

async function answerMetrics(
  { contentType, text }: HealthServerOptions['metrics'],
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await text();
    response.writeHead(200, { 'content-type': contentType }).end(body);
  } catch {
    response.writeHead(500).end();
  }
}
