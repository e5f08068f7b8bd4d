import type { Fault } from './fault';
import { FAULT_BY_CODE, FAULT_BY_STATUS, KMS_MISSING } from './fault-table';

/** An answer without success, as far as classifying needs it. */
export interface StoreFault {
  /** Null when no HTTP answer arrived. */
  readonly httpStatus: number | null;
  /** S3's error code, or the name of the local failure. */
  readonly code: string;
  /** In the store's words; absent where only the code was kept. */
  readonly message?: string | null;
  /** What the store asks to wait; absent when it says nothing. */
  readonly retryAfterMs?: number;
}

/** Ceph's radosgw says InvalidAccessKeyId of a KMS key that it cannot get. */
const KEY_NOT_FOUND = /^Failed to retrieve the actual key, kms-keyid/;

/** The code decides where it is known, else the status; without any answer it is worth another try. */
export function classifyFault({ httpStatus, code, message }: StoreFault): Fault {
  if (code === 'InvalidAccessKeyId' && KEY_NOT_FOUND.test(message ?? '')) return KMS_MISSING;
  // The code comes from outside: `constructor` must not find anything.
  const byCode = Object.hasOwn(FAULT_BY_CODE, code) ? FAULT_BY_CODE[code] : undefined;
  if (byCode !== undefined) return byCode;
  if (httpStatus === null) return { kind: 'retry', pace: 'quick' };
  const byStatus = FAULT_BY_STATUS[httpStatus];
  return byStatus ?? { kind: 'hold', cause: `unlisted_answer_${httpStatus}` };
}
