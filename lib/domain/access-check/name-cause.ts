import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import type { CheckCause } from './causes';
import { readDenial } from './read-denial';
import type { CheckStep } from './step';

/** An answer without success, as a check needs it; `code` is S3's or the name of a local failure. */
export interface CheckAnswer {
  readonly httpStatus: number | null;
  readonly code: string;
  readonly message: string;
}

/** What delivery's table of faults calls a lasting refusal, in the words of the catalogue. */
const BY_BLOCKED: Readonly<Record<string, CheckCause>> = {
  access_key_unknown: 'access_key_unknown',
  secret_wrong: 'secret_wrong',
  token_expired: 'token_expired',
  token_invalid: 'token_invalid',
  account_closed: 'account_closed',
  credential_unreadable: 'credential_unreadable',
  bucket_missing: 'bucket_missing',
  region_wrong: 'region_wrong',
  bucket_full: 'bucket_full',
  acl_not_supported: 'acl_not_supported',
  certificate_invalid: 'certificate_invalid',
  unauthorized: 'unauthorized',
  kms_key_disabled: 'kms_key_disabled',
  kms_key_missing: 'kms_key_missing',
  kms_key_unavailable: 'kms_key_unavailable',
  aws_identity_missing: 'aws_identity_missing',
  aws_identity_refused: 'aws_identity_refused',
  role_refused: 'role_refused',
  role_request_refused: 'request_refused',
  role_session_too_long: 'role_session_too_long',
  sts_region_disabled: 'sts_region_disabled',
};

/** Codes that mean something in a check only. */
const BY_CODE: Readonly<Record<string, CheckCause>> = {
  AWS_IDENTITY_MISSING: 'aws_identity_missing',
  RegionDisabledException: 'sts_region_disabled',
  RegionDisabled: 'sts_region_disabled',
};

const SESSION_TOO_LONG = /DurationSeconds exceeds|MaxSessionDuration/;
/** S3 says 400 InvalidArgument for a key of another region, and names the region. */
const KEY_ELSEWHERE = /Invalid arn|key .*(?:other|different) region/i;

/** The cause of the catalogue that an answer at this step stands for. Total: what nobody foresaw has a name, too. */
export function nameCause(step: CheckStep, answer: CheckAnswer): CheckCause {
  const known = Object.hasOwn(BY_CODE, answer.code) ? BY_CODE[answer.code] : undefined;
  if (known !== undefined) return known;
  if (SESSION_TOO_LONG.test(answer.message)) return 'role_session_too_long';
  const fault = classifyFault(answer);
  switch (fault.kind) {
    case 'denied':
      return denied(step, answer);
    case 'blocked':
      return fault.cause === 'kms_access_denied'
        ? deniedKey(step, answer.message)
        : (BY_BLOCKED[fault.cause] ?? 'unlisted_answer');
    case 'clock':
      return 'clock_skew';
    case 'retry':
      if (answer.httpStatus === null) return isTimeout(answer.code) ? 'no_answer' : 'unreachable';
      return fault.pace === 'slow_down' ? 'slow_down' : 'store_trouble';
    case 'garbled':
      return 'file_changed';
    case 'exists':
      return 'unlisted_answer';
    case 'hold':
      if (fault.cause === 'conditional_put_unsupported') return 'condition_unsupported';
      if (fault.cause !== 'request_refused') return held(fault.cause);
      return KEY_ELSEWHERE.test(answer.message) ? 'kms_key_elsewhere' : 'request_refused';
  }
}

function held(cause: string): CheckCause {
  return cause.startsWith('unlisted_answer') ? 'unlisted_answer' : 'request_refused';
}

function isTimeout(code: string): boolean {
  return code === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'AbortError';
}

function denied(step: CheckStep, { message }: CheckAnswer): CheckCause {
  if (readDenial(message)?.action.startsWith('kms:') === true) return deniedKey(step, message);
  switch (step) {
    case 'credentials':
      return 'role_refused';
    case 'external_id':
      return 'role_refused';
    case 'read':
    case 'encryption':
      return 'read_not_granted';
    case 'read_back':
      return 'decrypt_not_granted';
    case 'list':
      return 'list_not_granted';
    case 'clean_up':
      return 'clean_up_not_granted';
    case 'not_public':
    case 'public_block':
    case 'ownership':
    case 'versioning':
    case 'surplus':
      return 'settings_unreadable';
    case 'shape':
    case 'bucket':
    case 'clock':
    case 'owner':
    case 'place':
    case 'write':
    case 'same_key':
      return deniedWrite(message);
  }
}

function deniedWrite(message: string): CheckCause {
  const denial = readDenial(message);
  switch (denial?.by) {
    case 'identity':
      return denial.isExplicit ? 'write_refused_by_identity_policy' : 'write_not_granted';
    case 'resource':
      return denial.isExplicit ? 'write_refused_by_bucket_policy' : 'write_not_granted_by_bucket';
    case 'organization':
      return 'write_refused_by_organization';
    case 'boundary':
      return 'write_refused_by_boundary';
    case 'endpoint':
      return 'write_refused_by_endpoint';
    case 'session':
      return 'write_refused_by_session';
    case null:
    case undefined:
      return 'write_refused';
  }
}

function deniedKey(step: CheckStep, message: string): CheckCause {
  const denial = readDenial(message);
  if (step === 'read_back' || denial?.action === 'kms:Decrypt') return 'decrypt_not_granted';
  if (denial?.by === 'identity' && !denial.isExplicit) return 'kms_not_granted';
  if (denial?.by === 'resource') return 'kms_key_policy';
  return 'kms_refused';
}
