import { crc32, gzipSync } from 'node:zlib';
import { MARK_FRESH_MS } from '@/lib/domain/delivery/put-timing';
import { decideProbe } from '@/lib/domain/probe/decide-probe';
import { probeKey } from '@/lib/domain/probe/probe-key';
import type { Clock } from '@/lib/platform/clock';
import type { Logger } from '@/lib/platform/logger';
import type { ObjectAccess, ObjectStore, OpenedCredential } from '@/lib/platform/object-store/object-store';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';
import type { DueProbe } from '@/lib/services/probe/claim-due-probes';
import type { ProbeLedger } from '@/lib/services/probe/probe-ledger';
import type { EndedProbe } from '@/lib/services/probe/record-probe';
import type { CrashPoints } from '@/workers/delivery/crash-points';

export interface ProbeDeps {
  readonly probes: ProbeLedger;
  readonly store: ObjectStore;
  /** Throws when the credential cannot be opened. */
  readonly openCredential: (row: SealedCredentialRow) => Promise<OpenedCredential>;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly crashPoints: CrashPoints;
  readonly logger: Logger;
}

const PUT_DEADLINE_MS = 10_000;
const REMOVE_DEADLINE_MS = 5_000;
/** No event is ever in it. */
const BODY = gzipSync('Sluice looks here now and then whether it may still write. You may delete this.\n');
const BODY_CRC = crc32(BODY);

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
  return isStale || signal?.aborted === true ? [] : due.map((probe) => probeOne(deps, probe));
}

async function probeOne(deps: ProbeDeps, probe: DueProbe): Promise<void> {
  deps.crashPoints.reach('probe_after_claim');
  const ended = await tryAccess(deps, probe);
  const { routingId } = probe;
  const { kind, cause } = ended.decision;
  if (kind === 'refused') deps.logger.warn({ routingId, cause }, 'A quiet routing has lost its access');
  deps.crashPoints.reach('probe_before_record');
  await deps.probes.record(probe, ended);
  deps.crashPoints.reach('probe_after_record');
}

async function tryAccess(deps: ProbeDeps, probe: DueProbe): Promise<EndedProbe> {
  const { endpoint, bucket, prefix, routingId, leftKey, failures } = probe;
  const denied = { denialsBefore: probe.denials, firstDenialAgoMs: probe.firstDenialAgoMs };
  const context = { failuresBefore: failures, ...denied, random: deps.random() };
  const access = await openAccess(deps, probe);
  if (access === null) {
    const unread = { httpStatus: null, code: 'CredentialUnreadable' };
    const decision = decideProbe({ kind: 'error', ...unread }, context);
    return { decision, ...unread, requestId: null, message: null, leftKey };
  }
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

async function openAccess(deps: ProbeDeps, probe: DueProbe): Promise<ObjectAccess | null> {
  const { region, kmsKeyArn, routingId } = probe;
  try {
    return { region, kmsKeyArn, credential: await deps.openCredential(probe.credential) };
  } catch (err) {
    deps.logger.error({ err, routingId }, 'A credential cannot be opened');
    return null;
  }
}
