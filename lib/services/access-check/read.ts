import { judgeCheck } from '@/lib/domain/access-check/judge-check';
import { KEEP_TRYING_FOR_MS, nextTryMs } from '@/lib/domain/access-check/schedule';
import { STEP_RULES } from '@/lib/domain/access-check/step';
import { type AccessCheckView, checkStateSchema } from '@/lib/domain/access-check/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { type CheckOfRow, toRowView } from './to-row-view';

interface Wanted {
  readonly routingId: string;
  /** The newest one of the routing when absent, but not of a candidate that was dropped. */
  readonly checkId?: string;
}

/** A check as people see it; null when there is none. The caller has looked whether the routing may be seen. */
export async function readAccessCheck(db: DbTransaction, wanted: Wanted): Promise<AccessCheckView | null> {
  const { routingId, checkId } = wanted;
  const isOfDropped = { destination: { droppedAt: { not: null } } };
  const check = await db.accessCheck.findFirst({
    where: { routingId, ...(checkId === undefined ? { NOT: isOfDropped } : { id: checkId }) },
    include: {
      rows: { orderBy: { position: 'asc' } },
      destination: { include: { credential: { select: { roleArn: true } } } },
      routing: { include: { workspace: { include: { organization: { select: { externalId: true } } } } } },
    },
    orderBy: [{ requestedAt: 'desc' }, { destinationVersion: 'desc' }, { id: 'desc' }],
  });
  if (check === null) return null;
  const { destination: place } = check;
  const { externalId } = check.routing.workspace.organization;
  const of: CheckOfRow = { check, place, externalId, roleArn: place.credential?.roleArn ?? null };
  const rows = check.rows.map((row) => toRowView(row, of));
  const required = rows.filter(({ step }) => STEP_RULES[step].isRequired);
  const { principalArn, accountId } = check;
  return {
    id: check.id,
    routingId,
    destinationVersion: check.destinationVersion,
    state: stateOf(check, rows),
    accessKind: check.accessKind === 'role' ? 'role' : 'keys',
    place: { bucket: place.bucket, prefix: place.prefix, region: place.region, kmsKeyArn: place.kmsKeyArn },
    identity: principalArn === null || accountId === null ? null : { accountId, arn: principalArn },
    ownerAccountId: check.ownerAccountId,
    rows,
    requiredPassed: required.filter(({ state }) => state === 'passed').length,
    requiredTotal: required.length,
    retries: retriesOf(check),
    requestedBy: check.requestedBy,
    requestedAt: check.requestedAt.toISOString(),
    lastTriedAt: check.lastTriedAt?.toISOString() ?? null,
    endedAt: check.endedAt?.toISOString() ?? null,
    elapsedMs:
      check.endedAt === null || check.startedAt === null
        ? null
        : check.endedAt.getTime() - check.startedAt.getTime(),
  };
}

/** A check that has ended and looks at some rows again shows what it came to, not that it looks. */
function stateOf(
  check: { readonly state: string; readonly endedAt: Date | null },
  rows: AccessCheckView['rows'],
): AccessCheckView['state'] {
  const state = checkStateSchema.parse(check.state);
  return state === 'running' && check.endedAt !== null ? judgeCheck(rows) : state;
}

interface RetryFacts {
  readonly copiedAt: Date | null;
  readonly requestedAt: Date;
  readonly nextTryAt: Date | null;
  readonly state: string;
  readonly lastTriedAt: Date | null;
}

function retriesOf(check: RetryFacts): AccessCheckView['retries'] {
  const { copiedAt, requestedAt, nextTryAt, state, lastTriedAt } = check;
  // While it tries, there is no next time yet: it is now.
  const isOn = nextTryAt !== null || (state === 'running' && lastTriedAt !== null && copiedAt !== null);
  if (!isOn) return null;
  const since = copiedAt ?? requestedAt;
  const at = nextTryAt ?? new Date();
  const everyMs = nextTryMs(Math.max(0, at.getTime() - since.getTime()));
  if (everyMs === null) return null;
  return {
    everySeconds: everyMs / 1_000,
    nextAt: at.toISOString(),
    until: new Date(since.getTime() + KEEP_TRYING_FOR_MS).toISOString(),
  };
}
