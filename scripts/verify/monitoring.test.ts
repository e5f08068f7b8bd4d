import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fleetGauges } from '@/lib/domain/system/fleet-samples';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { measureAppends } from '@/lib/platform/metrics/measure-appends';
import { measureStore } from '@/lib/platform/metrics/measure-store';
import { createProcessMetrics } from '@/lib/platform/metrics/process-metrics';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';

const rules = readFileSync('docs/operations/monitoring/alerts.yaml', 'utf8');
const runbook = readFileSync('docs/operations/monitoring/alerts.md', 'utf8');

function metricNames(): Set<string> {
  const { registry } = createProcessMetrics('worker');
  measureStore({} as ObjectStore, registry);
  measureAppends({} as EventLog, registry);
  const unread = {
    ...{ asOf: '2026-01-15T14:00:00Z', version: '1', processes: null, queue: null, turns: null },
    ...{ log: null, database: null, routings: null, pending: null },
  };
  return new Set([
    ...registry.getMetricsAsArray().map(({ name }) => name),
    ...fleetGauges(unread).map(({ name }) => name),
  ]);
}

test('every rule is about a figure that some process tells', () => {
  const known = metricNames();
  const used = [...rules.matchAll(/\bsluice_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
  expect(new Set(used).size).toBeGreaterThan(8);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test('every alert has its section in the runbook, and no section is without its alert', () => {
  const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  const named = [...rules.matchAll(/runbook: alerts\.md#(\w+)/g)].map(([, anchor]) => anchor);
  const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(alerts.length).toBeGreaterThan(10);
  expect(named).toEqual(alerts.map((name) => name?.toLowerCase()));
  expect(sections).toEqual(alerts);
});
