import { expect, test } from 'vitest';
import { createLogger } from '@/lib/platform/logger';
import type { Service } from './service';
import { Supervisor } from './supervisor';

const logger = createLogger('test', 'silent');

function service(name: string, told: string[], changes: Partial<Service> = {}): Service {
  return {
    name,
    start: async () => {
      told.push(`start ${name}`);
    },
    isReady: () => true,
    stop: async () => {
      told.push(`stop ${name}`);
    },
    ...changes,
  };
}

test('starts in order and stops in reverse', async () => {
  const told: string[] = [];
  const supervisor = new Supervisor([service('a', told), service('b', told)], logger);
  await supervisor.start(1_000);
  await supervisor.stop(1_000);
  expect(told).toEqual(['start a', 'start b', 'stop b', 'stop a']);
});

test('when one cannot start, those before it are stopped and the error is told', async () => {
  const told: string[] = [];
  const broken = service('b', told, { start: () => Promise.reject(new Error('the port is taken')) });
  const supervisor = new Supervisor([service('a', told), broken, service('c', told)], logger);
  await expect(supervisor.start(1_000)).rejects.toThrow('the port is taken');
  expect(told).toEqual(['start a', 'stop a']);
});

test('a service that never stops, or fails to, does not keep the others from stopping', async () => {
  const told: string[] = [];
  const hangs = service('b', told, { stop: () => new Promise(() => undefined) });
  const fails = service('c', told, { stop: () => Promise.reject(new Error('no')) });
  const supervisor = new Supervisor([service('a', told), hangs, fails], logger);
  await supervisor.start(1_000);
  await supervisor.stop(20);
  expect(told).toContain('stop a');
});

test('names what is not started or not ready', async () => {
  const told: string[] = [];
  const supervisor = new Supervisor(
    [service('a', told), service('b', told, { isReady: () => false })],
    logger,
  );
  expect(supervisor.notReady()).toEqual(['a', 'b']);
  await supervisor.start(1_000);
  expect(supervisor.notReady()).toEqual(['b']);
});
