import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Sql } from '@/lib/platform/sql';
import type { CollectionKey } from '@/lib/services/collection/find-collection-key';
import { Admission } from './admission';
import { answerOnce } from './answer-once';
import { authenticate, insufficientKey } from './authenticate';
import { type Call, prepare } from './calls';
import {
  bodyTooLarge,
  CollectionError,
  missingBody,
  overloaded,
  toCollectionError,
} from './collection-error';
import type { Gatherer } from './gatherer';
import { type KeyedRequest, type KeysInFlight, readIdempotencyKey } from './idempotency';
import type { IntakeBudget } from './intake-budget';
import type { KeyCache } from './key-cache';
import type { CollectorLimits } from './limits';
import type { Answer, Prepared } from './prepared';
import { putSegments } from './put-segments';
import { ClientGoneError, readBody } from './read-body';
import type { RefusalCounts } from './refusal-counts';
import { storeRequest } from './store-request';
import type { StreamIds } from './stream-ids';
import type { TokenBuckets } from './token-buckets';
import type { Turnstile } from './turnstile';
import { toTime } from './unit';

/** What answering needs; one set per collector. */
export interface CallDeps {
  readonly sql: Sql;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly limits: CollectorLimits;
  readonly keys: KeyCache;
  readonly buckets: TokenBuckets;
  readonly budget: IntakeBudget;
  readonly streams: StreamIds;
  readonly keysInFlight: KeysInFlight;
  readonly gatherer: Gatherer;
  readonly segmentTurns: Turnstile;
  readonly refusals: RefusalCounts;
}

interface Given {
  readonly call: Call;
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
}

const QUOTA_RETRY_AFTER_SECONDS = 60;

/**
 * Answers one call, from its key to its stored lines. Throws `CollectionError` or what maps to one; what is refused
 * to a key that is known counts as refused in its workspace.
 */
export async function answerCall(deps: CallDeps, given: Given): Promise<Answer> {
  const { request, query, call } = given;
  if (!deps.clock.isReady()) throw overloaded('The collector does not know the time yet.');
  const key = await authenticate(deps.keys, { headers: request.headers, query });
  try {
    return await answerKey(deps, given, key);
  } catch (error) {
    if (error instanceof ClientGoneError) throw error;
    const refusal = toCollectionError(error);
    deps.refusals.countRequest(key, { refusal, call: call.name });
    throw refusal;
  }
}

async function answerKey(deps: CallDeps, given: Given, key: CollectionKey): Promise<Answer> {
  const { request, call } = given;
  if (call.serverOnly && key.kind !== 'server') throw insufficientKey('This call needs a server key.');
  checkAllowance(deps, key);
  const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
  const admission = new Admission(deps.budget, key.workspaceId);
  admission.foresee(Number(request.headers['content-length'] ?? 0));
  try {
    const body = await readBody(request, { ...deps.limits, admit: (bytes) => admission.admit(bytes) });
    if (body.length === 0) throw missingBody();
    admission.hold(body.length);
    const keyed =
      idempotencyKey === null
        ? null
        : {
            workspaceId: key.workspaceId,
            call: call.name,
            key: idempotencyKey,
            bodyHash: createHash('sha256').update(body).digest(),
          };
    return await answerOnce(deps, keyed, () => answerBody(deps, given, { key, body, keyed, admission }));
  } finally {
    admission.release();
  }
}

function checkAllowance(deps: CallDeps, key: CollectionKey): void {
  if (key.kind === 'browser' && !deps.buckets.take(key.id, deps.clock.monotonicMs()))
    throw new CollectionError(429, 'rate_limited', {
      message: 'Too many requests with this key.',
      retryAfterSeconds: 1,
    });
  if (key.undeliveredBytes >= key.undeliveredBytesMax)
    throw new CollectionError(429, 'quota_exceeded', {
      message: 'This workspace holds as many undelivered bytes as it may.',
      retryAfterSeconds: QUOTA_RETRY_AFTER_SECONDS,
    });
}

interface Received {
  readonly key: CollectionKey;
  readonly body: Buffer;
  readonly keyed: KeyedRequest | null;
  readonly admission: Admission;
}

async function answerBody(
  deps: CallDeps,
  { call, query }: Given,
  { key, body, keyed, admission }: Received,
): Promise<Answer> {
  const { workspaceId, organizationId, aliasNamespace } = key;
  if (call.name === 'segments') {
    const bytesMax = deps.limits.segmentSetBytesMax;
    if (body.length > bytesMax) throw bodyTooLarge(`A segment set has at most ${bytesMax} bytes.`);
    return deps.segmentTurns.run(() => putSegments(deps, { organizationId, workspaceId, body, keyed }));
  }
  const receivedAtMs = deps.clock.nowMs();
  const receipt = { workspaceId, aliasNamespace, receivedAtMs, time: toTime(receivedAtMs) };
  const prepared = await prepare(call.name, { body, receipt, query });
  admission.hold(body.length + lineBytes(prepared));
  const streamOf = (type: Parameters<StreamIds['of']>[1]) => deps.streams.of(key, type);
  const answer = await storeRequest(
    { log: deps.log, gatherer: deps.gatherer, streamOf },
    { workspaceId, prepared, keyed },
  );
  // A replay was counted when it was first answered.
  if (prepared.refused !== null && !answer.isReplay) deps.refusals.countEvents(key, prepared.refused);
  return answer;
}

function lineBytes({ parts }: Prepared): number {
  return parts.flatMap((part) => part.lines).reduce((sum, { lines }) => sum + lines.byteLength, 0);
}
