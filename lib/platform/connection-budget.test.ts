import { expect, test } from 'vitest';
import { connectionBudget, connectionShortage } from './connection-budget';

test('every kind of process has its budget, and only a worker has a queue', () => {
  expect(connectionBudget('web', 'postgres')).toEqual({ pool: 10, queue: 0, redis: 0 });
  expect(connectionBudget('collector', 'redis')).toEqual({ pool: 10, queue: 0, redis: 0 });
  expect(connectionBudget('worker', 'postgres')).toEqual({ pool: 10, queue: 7, redis: 0 });
  expect(connectionBudget('worker', 'redis')).toEqual({ pool: 10, queue: 0, redis: 7 });
});

test('a process fits when what it may open is free, to the last connection', () => {
  const worker = connectionBudget('worker', 'postgres');
  expect(connectionShortage('worker', worker, { max: 100, reserved: 3, used: 80 })).toBeNull();
  expect(connectionShortage('worker', worker, { max: 100, reserved: 3, used: 81 })).toBe(
    'This worker may open 17 connections to Postgres (10 for its work, 7 for the queue), and 16 of 100 are free: ' +
      '81 are in use, 3 are reserved. Raise max_connections, or run fewer processes.',
  );
});

test('more in use than there should be reads as none free', () => {
  const web = connectionBudget('web', 'redis');
  expect(connectionShortage('web', web, { max: 20, reserved: 3, used: 19 })).toContain(
    'may open 10 connections to Postgres, and 0 of 20 are free',
  );
});
