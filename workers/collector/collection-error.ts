import { AppError } from '@/lib/domain/errors';
import { AppendOutcomeUnknownError } from '@/lib/platform/event-log/event-log';

/** The published numbers, and words for what only Sluice answers. */
export type CollectionErrorCode =
  | 1000
  | 1003
  | 2000
  | 2001
  | 2004
  | 5000
  | 'not_found'
  | 'method_not_allowed'
  | 'unsupported_encoding'
  | 'body_too_large'
  | 'key_in_flight'
  | 'key_reused'
  | 'rate_limited'
  | 'quota_exceeded'
  | 'overloaded'
  | 'outcome_unknown';

const RETRY_AFTER_SECONDS = 2;

/** An answer that is not a success. `message` and `reason` are sent to the client and never hold a key. */
export class CollectionError extends Error {
  override readonly name = 'CollectionError';

  constructor(
    readonly httpStatus: number,
    readonly code: CollectionErrorCode,
    detail: { message: string; reason?: string; retryAfterSeconds?: number; cause?: unknown },
  ) {
    super(detail.message, { cause: detail.cause });
    this.reason = detail.reason ?? null;
    this.retryAfterSeconds = detail.retryAfterSeconds ?? null;
  }

  /** More about this case than the code's message; `cause` in the answer. */
  readonly reason: string | null;
  readonly retryAfterSeconds: number | null;
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};

/** Where the codes are explained: the documentation that comes with the product. */
const DOCS_PATH = 'docs/collection-api.md#';

/** The `error` object of an answer. */
export function errorObject(error: CollectionError): Record<string, unknown> {
  return {
    status: STATUS_WORDS[error.httpStatus] ?? 'InternalServerError',
    code: error.code,
    message: error.message,
    ...(error.reason === null ? {} : { cause: error.reason }),
    docs: `${DOCS_PATH}${error.code}`,
  };
}

export function invalidParameters(reason: string): CollectionError {
  return new CollectionError(400, 1000, {
    message: 'The values of one or more parameters are invalid.',
    reason,
  });
}

export function missingBody(): CollectionError {
  return new CollectionError(400, 1003, { message: 'A request body was expected but not found.' });
}

export function bodyTooLarge(reason: string): CollectionError {
  return new CollectionError(413, 'body_too_large', { message: 'The request body is too large.', reason });
}

/** Surely nothing was stored. */
export function overloaded(reason: string, cause?: unknown): CollectionError {
  return new CollectionError(503, 'overloaded', {
    message: 'Nothing was stored. Try again in a moment.',
    reason,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}

/** Awaits something that happens before anything is stored; its failure is ours, and passes. */
export async function orOverloaded<T>(reason: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw overloaded(reason, error);
  }
}

export function outcomeUnknown(cause: unknown): CollectionError {
  return new CollectionError(503, 'outcome_unknown', {
    message: 'It is not known whether the request was stored. Retry with the same Idempotency-Key.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}

/** Maps whatever was thrown to an answer; the cause stays behind for the log. */
export function toCollectionError(error: unknown): CollectionError {
  if (error instanceof CollectionError) return error;
  if (error instanceof AppendOutcomeUnknownError) return outcomeUnknown(error);
  if (error instanceof AppError) return fromAppError(error);
  return new CollectionError(500, 5000, {
    message: 'The request could not be processed. Quote the request id when you ask us about it.',
    cause: error,
  });
}

function fromAppError(error: AppError): CollectionError {
  if (error.code === 'VALIDATION') {
    const where = error.issues[0]?.field;
    return invalidParameters(where === undefined ? error.message : `${where}: ${error.message}`);
  }
  if (error.code === 'LIMIT') return bodyTooLarge(error.message);
  if (error.code === 'UNAVAILABLE') return overloaded('The event log does not answer.', error);
  return new CollectionError(500, 5000, {
    message: 'The request could not be processed. Quote the request id when you ask us about it.',
    cause: error,
  });
}
