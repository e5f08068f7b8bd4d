import type { Sql } from '@/lib/platform/sql';
import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import { ageOf } from './world-state';

/** Rows of replays, markers and probes as texts, in an order that both worlds have; ids of one world are left out. */
export type BesideState = readonly string[];

export function readMemoryBeside(
  ledger: MemoryLedger,
  { nowMs, nameOfRouting }: { nowMs: number; nameOfRouting: ReadonlyMap<string, string> },
): BesideState {
  const name = (id: string) => nameOfRouting.get(id) ?? '?';
  const age = (ms: number | null) => ageOf(ms, nowMs);
  const replays = ledger
    .replayRows()
    .flatMap((x, n) => [
      [
        ...['replay', n, name(x.routingId), x.mode, x.state, x.failures, x.denials, age(x.deniedSinceMs)],
        ...[age(x.notBeforeMs), x.heldCause, age(x.endedAtMs)],
      ],
      ...ledger
        .replayFiles(x.id)
        .map((f) => [
          ...[
            'file',
            n,
            f.position,
            f.fileId,
            f.objectId === f.fileId,
            f.bucket,
            f.key.replaceAll(x.id, '#'),
          ],
          ...[f.state, f.cause, f.attempts, f.wasMissing, age(f.leaseUntilMs), age(f.inFlightUntilMs)],
          ...[f.httpStatus, f.code, age(f.settledAtMs)],
        ]),
    ]);
  const markers = ledger
    .markerRows()
    .map((m) => [
      ...['marker', name(m.routingId), m.type, m.hourMs, m.bucket, m.key, m.rows],
      ...[m.body.replaceAll(m.routingId, '#'), m.state, m.failures, age(m.notBeforeMs), m.cause],
      ...[age(m.leaseUntilMs), age(m.inFlightUntilMs), m.httpStatus, m.code, age(m.writtenAtMs)],
    ]);
  const proofs = ledger
    .proofs()
    .map((p) => [
      ...['proof', name(p.routingId), p.destinationVersion, age(p.provenAtMs), age(p.dueAtMs), p.failures],
      ...[p.denials, p.denials === 0 ? null : age(p.firstDeniedAtMs), p.stoppedCause, p.objectKey],
    ]);
  return textsOf([...replays, ...markers, ...proofs]);
}

const age = (column: string) => `round(extract(epoch FROM clock_timestamp() - ${column}) / 600)::int`;
const ROWS = `WITH n AS (SELECT p.*, row_number() OVER (ORDER BY p.made) - 1 AS n FROM (
      SELECT r.*, g.name, (SELECT e.id FROM audit_event e
        WHERE e.detail ->> 'replayId' = r.id::text AND e.action IN ('routing.replay', 'routing.replay_look')) AS made
      FROM replay r JOIN routing g ON g.id = r.routing_id) p)
  SELECT json_build_array('replay', n, name, mode, state, failures, denials, ${age('denied_since')},
    ${age('not_before')}, held_cause, ${age('ended_at')}) AS row FROM n
  UNION ALL SELECT json_build_array('file', n.n, f.position, f.file_id, f.object_id = f.file_id, f.bucket,
    replace(f.key, n.id::text, '#'), f.state, f.cause, f.attempts, f.was_missing, ${age('f.lease_until')},
    ${age('f.in_flight_until')}, f.http_status, f.code, ${age('f.settled_at')})
  FROM replay_file f JOIN n ON n.id = f.replay_id
  UNION ALL SELECT json_build_array('marker', g.name, m.type, (extract(epoch FROM m.hour) * 1000)::bigint, m.bucket, m.key,
    m.rows, replace(m.body, m.routing_id::text, '#'), m.state, m.failures, ${age('m.not_before')}, m.cause,
    ${age('m.lease_until')}, ${age('m.in_flight_until')}, m.http_status, m.code, ${age('m.written_at')})
  FROM hour_marker m JOIN routing g ON g.id = m.routing_id
  UNION ALL SELECT json_build_array('proof', g.name, p.destination_version, ${age('p.proven_at')}, ${age('p.due_at')},
    p.failures, p.denials, CASE WHEN p.denials > 0 THEN ${age('p.first_denied_at')} END, p.stopped_cause, p.object_key)
  FROM access_proof p JOIN routing g ON g.id = p.routing_id`;

export async function readPostgresBeside(sql: Sql): Promise<BesideState> {
  const { rows } = await sql.query<{ row: readonly unknown[] }>({ name: 'beside', text: ROWS });
  return textsOf(rows.map(({ row }) => row));
}

function textsOf(rows: readonly (readonly unknown[])[]): BesideState {
  return rows
    .map((row) => JSON.stringify(row.map((cell) => (typeof cell === 'number' ? cell + 0 : cell))))
    .sort();
}
