import type { ProbeDecision } from '@/lib/domain/probe/decide-probe';
import type { Sql } from '@/lib/platform/sql';
import type { HealthNewsSeed } from '@/lib/services/delivery/delivery-ledger';
import { recordHealth } from '@/lib/services/delivery/record-health';
import type { DueProbe } from './claim-due-probes';

/** How a probe ended, and what of it lies in the bucket. */
export interface EndedProbe {
  readonly decision: ProbeDecision;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly message: string | null;
  /** Null when it was removed. */
  readonly leftKey: string | null;
}

const END = `WITH ended AS (
    UPDATE access_probe SET ended_at = clock_timestamp(), outcome = $3, http_status = $4, code = $5, request_id = $6,
      message = left($7, 500) WHERE id = $1)
  UPDATE access_proof SET due_at = clock_timestamp() + $8 * interval '1 ms', object_key = $9,
    proven_at = CASE WHEN $10 = 'proven' THEN clock_timestamp() ELSE proven_at END,
    failures = CASE WHEN $10 = 'proven' THEN 0 ELSE failures + 1 END,
    first_denied_at = CASE WHEN NOT $11 THEN NULL WHEN denials = 0 THEN clock_timestamp() ELSE first_denied_at END,
    denials = CASE WHEN $11 THEN denials + 1 ELSE 0 END,
    stopped_cause = CASE WHEN $12 THEN 'versioned' END
  WHERE routing_id = $2 AND destination_version = $13
  RETURNING 1`;

const DENIALS: readonly (string | null)[] = ['access_denied', 'access_denied_unconfirmed'];

/** Refused without a reason: the next ones in a row say more. */
export function isBareDenial({ cause }: Pick<ProbeDecision, 'cause'>): boolean {
  return DENIALS.includes(cause);
}

/** Records what a probe came to, and tells the routing's health; of a place that is no longer its own, nothing. */
export async function recordProbe(
  sql: Sql,
  probe: DueProbe,
  { ended, workerId }: { ended: EndedProbe; workerId: string },
): Promise<void> {
  const { decision } = ended;
  const { rows } = await sql.query(END, [
    probe.probeId,
    probe.routingId,
    decision.outcome,
    ended.httpStatus,
    ended.code,
    ended.requestId,
    ended.message,
    decision.dueInMs,
    ended.leftKey,
    decision.kind,
    isBareDenial(decision),
    decision.isVersioned,
    probe.destinationVersion,
  ]);
  const news = healthNewsOf(decision);
  if (rows.length === 0 || news === null) return;
  await recordHealth(sql, probe.routingId, { news, workerId });
}

/** What a probe says of the routing's health; null for nothing. */
export function healthNewsOf({ kind, cause, isCertain }: ProbeDecision): HealthNewsSeed | null {
  if (kind === 'proven') return { kind: 'proven' };
  if (cause === null) return null;
  return { kind: isCertain ? 'blocked' : 'doubted', cause };
}
