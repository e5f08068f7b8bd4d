import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createHealthServer } from './health-server';

/** A logger whose first line tells the port. */
function listeningLogger() {
  const lines: { port?: number }[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { logger, port: () => lines.find((line) => line.port !== undefined)?.port };
}

const metrics = { contentType: 'text/plain; version=0.0.4', text: async () => 'up 1\n' };

test('healthz answers while alive, readyz names who is not ready', async () => {
  const { logger, port } = listeningLogger();
  let waiting: string[] = ['clock'];
  const health = createHealthServer({ host: '127.0.0.1', port: 0, notReady: () => waiting, metrics, logger });
  await health.start();
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port()}${path}`);
    return { status: response.status, body: await response.json() };
  };
  expect(await get('/healthz')).toEqual({ status: 200, body: { notReady: [] } });
  expect(await get('/readyz')).toEqual({ status: 503, body: { notReady: ['clock'] } });
  waiting = [];
  expect((await get('/readyz')).status).toBe(200);
  expect((await get('/else')).status).toBe(404);
  await health.stop(1_000);
});

test('metrics are text for Prometheus, and a figure that cannot be read is an error of the scrape only', async () => {
  const { logger, port } = listeningLogger();
  let text = metrics.text;
  const health = createHealthServer({
    host: '127.0.0.1',
    port: 0,
    notReady: () => [],
    metrics: { ...metrics, text: () => text() },
    logger,
  });
  await health.start();
  const get = (path: string) => fetch(`http://127.0.0.1:${port()}${path}`);
  const scraped = await get('/metrics');
  expect(scraped.headers.get('content-type')).toBe(metrics.contentType);
  expect(await scraped.text()).toBe('up 1\n');
  text = () => Promise.reject(new Error('no'));
  expect((await get('/metrics')).status).toBe(500);
  expect((await get('/healthz')).status).toBe(200);
  await health.stop(1_000);
});

test('a taken port is one clear sentence', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const health = createHealthServer({
    host: '127.0.0.1',
    port,
    notReady: () => [],
    metrics,
    logger: listeningLogger().logger,
  });
  await expect(health.start()).rejects.toThrow(`The health address 127.0.0.1:${port} cannot be used`);
  other.close();
});
