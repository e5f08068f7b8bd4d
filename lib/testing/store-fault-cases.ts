import type { FaultInput } from '@/dev/s3-stand-in/control/faults';

type Effect = FaultInput['effect'];

/** What must follow from a fault, as people and the ledger see it. */
export type Verdict =
  /** Tried again under the same key, with the same bytes; the routing is not blocked. */
  | { readonly kind: 'again'; readonly outcome: 'refused' | 'unknown'; readonly answer: string }
  /** Blocked at the first hit with a named cause, and free again by itself. */
  | { readonly kind: 'blocked'; readonly cause: string }
  /** Not believed at the first hit. */
  | { readonly kind: 'doubted' }
  /** Stands still until a person has looked. */
  | { readonly kind: 'held'; readonly cause: string }
  /** Delivered at the first try. */
  | { readonly kind: 'fine' };

export interface StoreFaultCase {
  readonly name: string;
  readonly moment: 'PUT' | 'HEAD';
  readonly effect: Effect;
  /** How often it strikes; once when absent. */
  readonly times?: number;
  /** Instead of the real one, so that nobody waits for half a minute. */
  readonly deadlineMs?: number;
  /** A file of about 300 KB that is stitched, instead of a small one that is compressed again. */
  readonly isLarge?: boolean;
  readonly verdict: Verdict;
}

const HTML = '<html><body><h1>It did not work</h1></body></html>';
const SHORT = { deadlineMs: 400 };

function answer(
  status: number,
  code: string,
  extra: { body?: string; headers?: Record<string, string> } = {},
) {
  return { kind: 'answer' as const, status, code, ...extra };
}

function put(name: string, effect: Effect, verdict: Verdict, extra: Partial<StoreFaultCase> = {}) {
  return { name, moment: 'PUT' as const, effect, verdict, ...extra };
}

function head(name: string, effect: Effect, verdict: Verdict, extra: Partial<StoreFaultCase> = {}) {
  return { name, moment: 'HEAD' as const, effect, verdict, ...extra };
}

const unknown = (said: string): Verdict => ({ kind: 'again', outcome: 'unknown', answer: said });
const refused = (said: string): Verdict => ({ kind: 'again', outcome: 'refused', answer: said });
const blocked = (cause: string): Verdict => ({ kind: 'blocked', cause });
const held = (cause: string): Verdict => ({ kind: 'held', cause });

const WIRE: readonly StoreFaultCase[] = [
  put('the reply lost after the write', { kind: 'drop', applied: true }, unknown('null ECONNRESET')),
  put('a reset before the write', { kind: 'drop', applied: false }, unknown('null ECONNRESET')),
  put(
    'a reset in the middle of the body',
    { kind: 'cut-body', afterBytes: 65_536 },
    unknown('null ECONNRESET'),
    {
      isLarge: true,
    },
  ),
  put('a reset in the middle of the answer', { kind: 'cut-reply' }, unknown('null ECONNRESET')),
  put(
    'an answer of one byte at a time',
    { kind: 'drip', bytesPerSecond: 10 },
    unknown('null TimeoutError'),
    SHORT,
  ),
  put(
    'a call that never returns, not applied',
    { kind: 'hang', applied: false },
    unknown('null TimeoutError'),
    SHORT,
  ),
  put(
    'a call that never returns, applied',
    { kind: 'hang', applied: true },
    unknown('null TimeoutError'),
    SHORT,
  ),
  put(
    'a body taken at 1 byte a second',
    { kind: 'slow', bytesPerSecond: 1 },
    unknown('null TimeoutError'),
    SHORT,
  ),
  put(
    'a link of half a megabyte a second',
    { kind: 'slow', bytesPerSecond: 524_288 },
    { kind: 'fine' },
    {
      isLarge: true,
    },
  ),
];

const PASSING: readonly StoreFaultCase[] = [
  put('200 without an ETag', { kind: 'no-etag' }, unknown('200 MissingETag')),
  put('200 with an error body', answer(200, 'InternalError'), unknown('200 InternalError')),
  put('200 with SlowDown in its body', answer(200, 'SlowDown'), unknown('200 SlowDown')),
  put('500', answer(500, 'InternalError'), unknown('500 InternalError')),
  put(
    '500 although it was written',
    { ...answer(500, 'InternalError'), applied: true },
    unknown('500 InternalError'),
  ),
  put('500 without a body', answer(500, '', { body: '' }), unknown('500 UnknownError')),
  put('502 in HTML', answer(502, '', { body: HTML }), unknown('502 UnknownError')),
  put('503 SlowDown', answer(503, 'SlowDown'), unknown('503 SlowDown')),
  put(
    '503 with Retry-After, in JSON',
    answer(503, '', { body: '{"error":"busy"}', headers: { 'retry-after': '120' } }),
    unknown('503 UnknownError'),
  ),
  put('504 in HTML', answer(504, '', { body: HTML }), unknown('504 UnknownError')),
  put('429', answer(429, 'TooManyRequests'), refused('429 TooManyRequests')),
  put('408', answer(408, 'RequestTimeout'), unknown('408 RequestTimeout')),
  put('400 RequestTimeout', answer(400, 'RequestTimeout'), unknown('400 RequestTimeout')),
  put(
    'a storm of 409',
    answer(409, 'ConditionalRequestConflict'),
    refused('409 ConditionalRequestConflict'),
    {
      times: 4,
    },
  ),
  put('409 OperationAborted', answer(409, 'OperationAborted'), refused('409 OperationAborted')),
  put(
    '307 that points elsewhere',
    answer(307, 'TemporaryRedirect', { headers: { location: 'http://127.0.0.1:9/elsewhere' } }),
    refused('307 TemporaryRedirect'),
  ),
  put('a skewed clock', answer(403, 'RequestTimeTooSkewed'), refused('403 RequestTimeTooSkewed')),
  put('400 BadDigest', answer(400, 'BadDigest'), refused('400 BadDigest')),
  put('400 IncompleteBody', answer(400, 'IncompleteBody'), refused('400 IncompleteBody')),
  put(
    'KMS that is throttled',
    answer(400, 'KMS.ThrottlingException'),
    refused('400 KMS.ThrottlingException'),
  ),
  put('KMS in trouble', answer(500, 'KMS.KMSInternalException'), unknown('500 KMS.KMSInternalException')),
];

const GONE: readonly StoreFaultCase[] = [
  put('an access key that is gone', answer(403, 'InvalidAccessKeyId'), blocked('access_key_unknown')),
  put('a wrong secret', answer(403, 'SignatureDoesNotMatch'), blocked('secret_wrong')),
  put('a token that expired', answer(400, 'ExpiredToken'), blocked('token_expired')),
  put('a token that is none', answer(400, 'InvalidToken'), blocked('token_invalid')),
  put('an account that is closed', answer(403, 'AccountProblem'), blocked('account_closed')),
  put('401 in HTML', answer(401, '', { body: HTML }), blocked('unauthorized')),
  put('no such bucket', answer(404, 'NoSuchBucket'), blocked('bucket_missing')),
  put(
    '301 that points elsewhere',
    answer(301, 'PermanentRedirect', { headers: { location: 'http://127.0.0.1:9/elsewhere' } }),
    blocked('region_wrong'),
  ),
  put('301 in HTML', answer(301, '', { body: HTML }), blocked('region_wrong')),
  put('400 wrong region', answer(400, 'AuthorizationHeaderMalformed'), blocked('region_wrong')),
  put('another wrong region', answer(400, 'IllegalLocationConstraintException'), blocked('region_wrong')),
  put('a KMS key that is disabled', answer(400, 'KMS.DisabledException'), blocked('kms_key_disabled')),
  put(
    'a KMS key about to be deleted',
    answer(400, 'KMS.KMSInvalidStateException'),
    blocked('kms_key_disabled'),
  ),
  put('a KMS key that is none', answer(400, 'KMS.NotFoundException'), blocked('kms_key_missing')),
  put('a KMS key that refuses us', answer(400, 'KMS.AccessDeniedException'), blocked('kms_access_denied')),
  put('a bucket that is full', answer(403, 'QuotaExceeded'), blocked('bucket_full')),
  put('a bare refusal', answer(403, 'AccessDenied'), { kind: 'doubted' }),
  put('403 in HTML', answer(403, '', { body: HTML }), { kind: 'doubted' }),
];

const HELD: readonly StoreFaultCase[] = [
  put('an object that is not ours', { kind: 'foreign-object' }, held('conflict')),
  put('our metadata on other bytes', { kind: 'foreign-object', forged: true }, held('conflict'), {
    isLarge: true,
  }),
  put(
    'our metadata on other bytes of a thin file',
    { kind: 'foreign-object', forged: true },
    held('conflict'),
  ),
  put('501 to the condition', answer(501, 'NotImplemented'), held('conditional_put_unsupported')),
  put('501 in HTML', answer(501, '', { body: HTML }), held('conditional_put_unsupported')),
  put('400 to the condition', answer(400, 'InvalidArgument'), held('request_refused')),
  put('413', answer(413, 'EntityTooLarge'), held('file_too_large')),
  put('a code nobody knows', answer(400, 'NeverHeardOfIt'), held('unlisted_answer_400')),
  put('a status nobody foresaw', answer(418, 'Teapot'), held('unlisted_answer_418')),
  put('404 that is no bucket’s', answer(404, '', { body: HTML }), held('unlisted_answer_404')),
  put('520 of some proxy', answer(520, '', { body: HTML }), held('unlisted_answer_520')),
  put('200 with an unknown error in its body', answer(200, 'NeverHeardOfIt'), held('unlisted_answer_200')),
];

const taken = refused('412 PreconditionFailed');

/** After a 412 that our own earlier write caused. */
const LOOKING: readonly StoreFaultCase[] = [
  head('404', answer(404, 'NoSuchKey'), taken),
  head('200 that names no object', answer(200, 'InternalError'), taken),
  head('500', answer(500, 'InternalError'), taken),
  head('503', answer(503, 'SlowDown'), taken),
  head('409', answer(409, 'OperationAborted'), taken),
  head('a reset', { kind: 'drop', applied: false }, taken),
  head('no answer', { kind: 'hang', applied: false }, taken, SHORT),
  head('an answer of one byte at a time', { kind: 'drip', bytesPerSecond: 10 }, taken, SHORT),
  head('403', answer(403, 'AccessDenied'), blocked('read_denied')),
  head('401', answer(401, ''), blocked('unauthorized')),
  head('301', answer(301, 'PermanentRedirect'), blocked('region_wrong')),
  head('418', answer(418, 'Teapot'), held('unlisted_answer_418')),
  head('501', answer(501, 'NotImplemented'), held('conditional_put_unsupported')),
];

/** Every way in which the stand-in can misbehave at a PUT or at the HEAD after it, and what must come of it. */
export const STORE_FAULT_CASES: readonly StoreFaultCase[] = [
  ...WIRE,
  ...PASSING,
  ...GONE,
  ...HELD,
  ...LOOKING,
];
