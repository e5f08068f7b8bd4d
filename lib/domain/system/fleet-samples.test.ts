import { expect, test } from 'vitest';
import { fleetGauges } from './fleet-samples';
import type { SystemView } from './view';

const AT = '2026-01-15T14:00:10.000Z';
const process = (kind: 'web' | 'worker', state: 'ready' | 'stale') => ({
  id: kind,
  kind,
  version: '1',
  startedAt: AT,
  seenAt: AT,
  state,
  detail: null,
});
const system: SystemView = {
  asOf: AT,
  version: '1',
  processes: [
    process('web', 'ready'),
    process('worker', 'ready'),
    process('worker', 'ready'),
    process('worker', 'stale'),
  ],
  queue: { backend: 'postgres', waiting: 3, oldestAgeMs: null },
  turns: [{ name: 'dispatch', at: '2026-01-15T14:00:08.500Z' }],
  log: null,
  database: { version: '17', connections: 12, connectionsMax: 100, clockAheadMs: -250 },
  routings: [{ label: 'blocked', count: 2 }],
  pending: { events: 7, bytes: 900, oldestAgeMs: 61_500 },
};

const values = (of: SystemView, name: string) => fleetGauges(of).find((gauge) => gauge.name === name)?.values;

test('figures come in base units, by the words that the dashboard uses', () => {
  expect(values(system, 'sluice_routings')).toEqual([{ labels: { status: 'blocked' }, value: 2 }]);
  expect(values(system, 'sluice_freshness_seconds')).toEqual([{ labels: {}, value: 61.5 }]);
  expect(values(system, 'sluice_turn_age_seconds')).toEqual([{ labels: { turn: 'dispatch' }, value: 1.5 }]);
  expect(values(system, 'sluice_web_clock_behind_seconds')).toEqual([{ labels: {}, value: -0.25 }]);
  expect(values(system, 'sluice_processes')).toEqual([
    { labels: { kind: 'web', state: 'ready' }, value: 1 },
    { labels: { kind: 'worker', state: 'ready' }, value: 2 },
    { labels: { kind: 'worker', state: 'stale' }, value: 1 },
  ]);
});

test('nothing that waits is zero, and what could not be read is missing and said to be', () => {
  expect(values(system, 'sluice_queue_oldest_job_seconds')).toEqual([{ labels: {}, value: 0 }]);
  const quiet = { ...system, pending: { events: 0, bytes: 0, oldestAgeMs: null } };
  expect(values(quiet, 'sluice_freshness_seconds')).toEqual([{ labels: {}, value: 0 }]);
  expect(values({ ...system, pending: null }, 'sluice_freshness_seconds')).toEqual([]);
  expect(values(system, 'sluice_log_disk_bytes')).toEqual([]);
  const read = values(system, 'sluice_system_part_read') ?? [];
  expect(read.filter(({ value }) => value === 0).map(({ labels }) => labels)).toEqual([{ part: 'log' }]);
});
