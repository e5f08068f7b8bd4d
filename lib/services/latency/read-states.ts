import { type LabelChange, stateSpans } from '@/lib/domain/latency/state-spans';
import type { StateSpan } from '@/lib/domain/latency/view';
import { routingLabelSchema } from '@/lib/domain/routing/label';
import type { Lifecycle } from '@/lib/domain/routing/state';
import type { Db } from '@/lib/platform/db/client';

/** The newest of a range; more than a strip can show. */
const CHANGES_MAX = 2_000;

interface ChangeRow {
  readonly at: Date;
  readonly from_label: string;
  readonly to_label: string;
}

/** The labels that a routing carried over a range. One that never changed is still what it was made as. */
export async function readStates(
  db: Db,
  routing: { readonly id: string; readonly createdAt: Date; readonly lifecycle: Lifecycle },
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<StateSpan[]> {
  const from = new Date(range.fromMs);
  const rows = await db.$queryRaw<ChangeRow[]>`
    SELECT at, from_label, to_label FROM (
      (SELECT id, at, from_label, to_label FROM routing_transition
        WHERE routing_id = ${routing.id}::uuid AND at <= ${from} ORDER BY id DESC LIMIT 1)
      UNION ALL
      (SELECT id, at, from_label, to_label FROM routing_transition
        WHERE routing_id = ${routing.id}::uuid AND at > ${from} AND at < ${new Date(range.toMs)}
        ORDER BY id DESC LIMIT ${CHANGES_MAX})
    ) t ORDER BY id`;
  const changes = rows.map(toChange);
  const [before] = changes;
  const beganBefore = before !== undefined && before.atMs <= range.fromMs;
  const made = routing.lifecycle === 'active' ? 'unknown' : routing.lifecycle;
  return stateSpans(beganBefore ? changes.slice(1) : changes, {
    fromMs: Math.max(range.fromMs, routing.createdAt.getTime()),
    toMs: range.toMs,
    first: (beganBefore ? before.to : before?.from) ?? made,
  });
}

function toChange(row: ChangeRow): LabelChange {
  return {
    atMs: row.at.getTime(),
    from: routingLabelSchema.parse(row.from_label),
    to: routingLabelSchema.parse(row.to_label),
  };
}
