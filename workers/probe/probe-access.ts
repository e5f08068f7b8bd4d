import { crc32, gzipSync } from 'node:zlib';
import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import { decideProbe } from '@/lib/domain/probe/decide-probe';
import { probeKey } from '@/lib/domain/probe/probe-key';
import type { Clock } from '@/lib/platform/clock';
import type { ObjectAccess, ObjectStore } from '@/lib/platform/object-store/object-store';
import type { DueProbe } from '@/lib/services/probe/claim-due-probes';
import type { ProbeLedger } from '@/lib/services/probe/probe-ledger';
import type { EndedProbe } from '@/lib/services/probe/record-probe';
import type { CrashPoints } from '@/workers/delivery/crash-points';
import { type AccessOpener, openPlace } from '@/workers/delivery/open-access';

export interface ProbeDeps extends AccessOpener {
  readonly probes: ProbeLedger;
  readonly store: ObjectStore;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly crashPoints: CrashPoints;
}

const PUT_DEADLINE_MS = 10_000;
const REMOVE_DEADLINE_MS = 5_000;
/** No event is ever in it. */
const BODY = gzipSync('Sluice looks here now and then whether it may still write. You may delete this.\n');
const BODY_CRC = crc32(BODY);
const NOT_SENT = {
  kind: 'error',
  httpStatus: null,
  code: 'NotSent',
  message: null,
  requestId: null,
} as const;

/** Makes at most `limit` of the probes that are due, all at once; ends early for what is claimed once aborted. */
export async function probeRound(deps: ProbeDeps, limit: number, signal?: AbortSignal): Promise<number> {
  const begun = await beginProbes(deps, limit, signal);
  await Promise.all(begun);
  return begun.length;
}

/** Begins at most `limit` of the probes that are due; each ends by its deadlines. */
export async function beginProbes(
  deps: ProbeDeps,
  limit: number,
  signal?: AbortSignal,
): Promise<Promise<void>[]> {
  const atMs = deps.clock.monotonicMs();
  const due = await deps.probes.claimDue(limit);
  // A claim that took so long may be older than a pause: whoever asks in a minute makes these.
  const isStale = deps.clock.monotonicMs() - atMs >= MARK_FRESH_MS;
  return isStale || signal?.aborted === true ? [] : due.map((probe) => probeOne(deps, probe, atMs));
}

async function probeOne(deps: ProbeDeps, probe: DueProbe, claimedAtMs: number): Promise<void> {
  deps.crashPoints.reach('probe_after_claim');
  const ended = await tryAccess(deps, probe, claimedAtMs);
  const { routingId } = probe;
  const { kind, cause } = ended.decision;
  if (kind === 'refused') deps.logger.warn({ routingId, cause }, 'A quiet routing has lost its access');
  deps.crashPoints.reach('probe_before_record');
  await deps.probes.record(probe, ended);
  deps.crashPoints.reach('probe_after_record');
}

async function tryAccess(deps: ProbeDeps, probe: DueProbe, claimedAtMs: number): Promise<EndedProbe> {
  const { endpoint, bucket, prefix, routingId, leftKey, failures } = probe;
  const denied = { denialsBefore: probe.denials, firstDenialAgoMs: probe.firstDenialAgoMs };
  const context = { failuresBefore: failures, ...denied, random: deps.random() };
  const opened = await openPlace(deps, probe, probe);
  // Taking on a role may take so long that the claim is older than a pause by now.
  const isStale = deps.clock.monotonicMs() - claimedAtMs >= MARK_FRESH_MS;
  if (opened.kind === 'error' || isStale) {
    const answer = opened.kind === 'error' ? opened : NOT_SENT;
    const { httpStatus, code, message, requestId } = answer;
    return { decision: decideProbe(answer, context), httpStatus, code, message, requestId, leftKey };
  }
  const access = opened.value;
  const key = probeKey(prefix, routingId, deps.clock.nowMs());
  const answer = await deps.store.putIfAbsent({
    place: { endpoint, bucket, key },
    access,
    body: BODY,
    crc32: BODY_CRC,
    metadata: { 'sluice-probe': routingId },
    deadlineMs: PUT_DEADLINE_MS,
  });
  deps.crashPoints.reach('probe_after_put');
  const decision = decideProbe(answer, context);
  const { httpStatus, requestId } = answer;
  const said =
    answer.kind === 'error' ? { code: answer.code, message: answer.message } : { code: null, message: null };
  const left =
    decision.kind === 'proven' ? await removeProbes(deps, probe, { access, key, ...decision }) : leftKey;
  return { decision, httpStatus, requestId, ...said, leftKey: left };
}

/** Removes this probe and an earlier one; returns what stays because we may not. A version would stay for good anyway. */
async function removeProbes(
  deps: ProbeDeps,
  { endpoint, bucket, leftKey }: DueProbe,
  { access, key, isVersioned }: { access: ObjectAccess; key: string; isVersioned: boolean },
): Promise<string | null> {
  if (isVersioned) return key;
  const remove = (one: string) =>
    deps.store.remove({ endpoint, bucket, key: one }, access, REMOVE_DEADLINE_MS);
  if (leftKey !== null && leftKey !== key) await remove(leftKey);
  return (await remove(key)).kind === 'ok' ? null : key;
}
