import type { AttemptDecision } from '@/lib/domain/delivery/decide-attempt';
import type { StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { AttemptEnd, HealthNewsSeed } from '@/lib/services/delivery/delivery-ledger';
import type { DeliveryDeps } from './delivery-deps';
import type { FileInHand } from './in-hand';

export interface PutResult {
  /** To the PUT; a HEAD that followed has already gone into the decision. */
  readonly answer: StoreAnswer<{ etag: string }>;
  readonly decision: AttemptDecision;
}

/** Records how an attempt ended and what follows from it; true when the file is in the bucket. */
export async function settleAttempt(
  deps: DeliveryDeps,
  inHand: FileInHand,
  { attemptId, result }: { attemptId: number; result: PutResult },
): Promise<boolean> {
  const { file } = inHand;
  const { decision } = result;
  const end = toEnd(attemptId, result);
  if (decision.kind === 'delivered') {
    await deps.ledger.finishFile(file, { etag: decision.etag, gzipBytes: decision.gzipBytes }, end);
  } else {
    await deps.ledger.failFile({
      file,
      isConflict: decision.kind === 'conflict',
      backOffMs: decision.kind === 'again' ? decision.backOffMs : 0,
      heldCause: heldCauseOf(decision),
      end,
    });
  }
  tell(deps, inHand, { decision, end });
  await deps.ledger.recordHealth(file.routingId, newsOf(decision, inHand.laneId), deps.workerId);
  return decision.kind === 'delivered';
}

function toEnd(attemptId: number, { answer, decision }: PutResult): AttemptEnd {
  const { httpStatus, requestId } = answer;
  const { outcome } = decision;
  const said =
    answer.kind === 'error' ? { code: answer.code, message: answer.message } : { code: null, message: null };
  return { attemptId, outcome, httpStatus, requestId, ...said };
}

/** Why the lane has to stand still, if it has to. */
export function heldCauseOf(decision: AttemptDecision): string | null {
  if (decision.kind === 'conflict') return 'conflict';
  return decision.kind === 'hold' ? decision.cause : null;
}

/** What a decision says about the routing's health. */
export function newsOf(decision: AttemptDecision, laneId: number): HealthNewsSeed {
  switch (decision.kind) {
    case 'delivered':
      return { kind: 'delivered', laneId };
    case 'conflict':
      return { kind: 'blocked', cause: 'conflict' };
    case 'hold':
      return { kind: 'blocked', cause: decision.cause };
    case 'again': {
      const kinds = { fine: 'failed', doubted: 'doubted', blocked: 'blocked' } as const;
      return { kind: kinds[decision.access], cause: decision.cause };
    }
  }
}

function tell(
  { logger }: DeliveryDeps,
  { file }: FileInHand,
  { decision, end }: { decision: AttemptDecision; end: AttemptEnd },
): void {
  const { routingId, fileId, key, rows } = file;
  const fields = { routingId, fileId, key, rows, decision, httpStatus: end.httpStatus, code: end.code };
  if (decision.kind === 'delivered') logger.info(fields, 'Delivered a file');
  else if (decision.kind === 'again') logger.warn(fields, 'A file was not delivered; it is tried again');
  else logger.error(fields, 'A file was not delivered; its lane is held');
}
