import type { SystemView } from './view';

/** One gauge of the whole installation with its values; the shape is Prometheus's. */
export interface FleetGauge {
  readonly name: string;
  readonly help: string;
  readonly values: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/**
 * What the installation says of itself as gauges, in base units (seconds, bytes). A part that could not be read has
 * no values, and `sluice_system_part_read` says so: a missing figure is never a zero.
 */
export function fleetGauges(system: SystemView): FleetGauge[] {
  const { processes, queue, turns, log, database, routings, pending } = system;
  const nowMs = Date.parse(system.asOf);
  const parts = { processes, queue, turns, log, database, routings, pending };
  const one = (name: string, help: string, value: number | null | undefined): FleetGauge => ({
    name: `sluice_${name}`,
    help,
    values: value === null || value === undefined ? [] : [{ labels: {}, value }],
  });
  const seconds = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : ms / 1_000);
  return [
    {
      name: 'sluice_system_part_read',
      help: 'Whether this part of the figures could be read: 1, or 0 and its gauges are missing.',
      values: Object.entries(parts).map(([part, read]) => ({
        labels: { part },
        value: read === null ? 0 : 1,
      })),
    },
    {
      name: 'sluice_routings',
      help: 'Routings by the status that the dashboard shows.',
      values: (routings ?? []).map(({ label, count }) => ({ labels: { status: label }, value: count })),
    },
    one('pending_events', 'Events collected and not delivered yet, over all routings.', pending?.events),
    one('pending_bytes', 'Their bytes as stored.', pending?.bytes),
    one(
      'freshness_seconds',
      'Age of the oldest event that is not delivered; 0 when nothing is pending.',
      pending === null ? null : seconds(pending.oldestAgeMs ?? 0),
    ),
    one('queue_waiting_jobs', 'Jobs that wait for a worker.', queue?.waiting),
    one(
      'queue_oldest_job_seconds',
      'Age of the oldest job that waits; 0 when none does.',
      queue === null ? null : seconds(queue.oldestAgeMs ?? 0),
    ),
    {
      name: 'sluice_processes',
      help: 'Processes by kind and state; stale ones were not heard of for half a minute.',
      values: countProcesses(processes ?? []),
    },
    {
      name: 'sluice_turn_age_seconds',
      help: 'How long ago each periodic work was last begun by any process.',
      values: (turns ?? []).map(({ name, at }) => ({
        labels: { turn: name },
        value: Math.max(0, nowMs - Date.parse(at)) / 1_000,
      })),
    },
    one('log_disk_bytes', 'What the event log takes on disk, with its indexes.', log?.diskBytes),
    one('log_kept_events', 'Events within the retention, delivered or not.', log?.keptEvents),
    one('log_accepted_events', 'Events ever accepted.', log?.acceptedEvents),
    one('log_partitions', 'Daily partitions that are attached.', log?.partitions),
    one('database_connections', 'Connections in use at Postgres.', database?.connections),
    one('database_connections_max', 'Connections that Postgres allows.', database?.connectionsMax),
    one(
      'web_clock_behind_seconds',
      'How far this web process’s clock is behind the database’s.',
      seconds(database?.clockAheadMs),
    ),
  ];
}

function countProcesses(processes: NonNullable<SystemView['processes']>): FleetGauge['values'] {
  const counts = new Map<string, { labels: { kind: string; state: string }; value: number }>();
  for (const { kind, state } of processes) {
    const counted = counts.get(`${kind} ${state}`) ?? { labels: { kind, state }, value: 0 };
    counts.set(`${kind} ${state}`, { ...counted, value: counted.value + 1 });
  }
  return [...counts.values()];
}
