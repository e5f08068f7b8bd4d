import { FAULT_BY_CODE, FAULT_BY_STATUS } from '@/lib/domain/delivery/fault-table';

/** An answer that a store may give instead of doing what it was asked. */
export interface StoreFaultKind {
  readonly code: string;
  readonly httpStatus: number | null;
  /** The write may have happened all the same: never so where the store said no. */
  readonly mayApply: boolean;
  /** The lane stands still until a person has looked. */
  readonly holds: boolean;
}

const LOCAL = ['TimeoutError', 'ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EPIPE'];
const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND']);
const UNLISTED_STATUS = 418;

const STATUS_OF: Readonly<Record<string, number>> = {
  ConditionalRequestConflict: 409,
  OperationAborted: 409,
  RequestTimeout: 400,
  InternalError: 500,
  MissingETag: 200,
  TemporaryRedirect: 307,
  'KMS.DependencyTimeoutException': 500,
  'KMS.KMSInternalException': 500,
  BadDigest: 400,
  IncompleteBody: 400,
  PermanentRedirect: 301,
  NoSuchBucket: 404,
  NotImplemented: 501,
  TooManyRequests: 429,
  TooManyRequestsException: 429,
};

const CERTIFICATE = /CERT|ISSUER|SIGNATURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME/;

/** Every answer that the fault table knows, and one that it does not. */
export const STORE_FAULTS: readonly StoreFaultKind[] = [
  ...Object.entries(FAULT_BY_CODE)
    .filter(([, fault]) => fault.kind !== 'exists')
    .map(([code, fault]) => {
      const httpStatus = statusOf(code, fault.kind === 'retry' ? 503 : fault.kind === 'hold' ? 400 : 403);
      return toKind(code, httpStatus, fault.kind === 'hold');
    }),
  ...LOCAL.map((code) => toKind(code, null, false)),
  ...Object.entries(FAULT_BY_STATUS)
    .filter(([, fault]) => fault.kind !== 'exists')
    .map(([status]) => toKind('UnknownError', Number(status), false)),
  // Success without an answer's body, or with an error in it.
  toKind('InternalError', 200, false),
  toKind('UnknownError', UNLISTED_STATUS, true),
];

function statusOf(code: string, otherwise: number): number | null {
  if (/^[A-Z0-9_]+$/.test(code) && CERTIFICATE.test(code)) return null;
  return STATUS_OF[code] ?? otherwise;
}

function toKind(code: string, httpStatus: number | null, holds: boolean): StoreFaultKind {
  const saidNo = httpStatus !== null && httpStatus >= 300 && httpStatus < 500 && code !== 'RequestTimeout';
  const neverSent = httpStatus === null && (CERTIFICATE.test(code) || BEFORE_SENDING.has(code));
  return { code, httpStatus, mayApply: !saidNo && !neverSent, holds };
}
