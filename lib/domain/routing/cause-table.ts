import type { Mover } from './label';

interface CauseDisplay {
  readonly mover: Extract<Mover, 'us' | 'customer' | 'aws'>;
  /** What stands behind the cause, and what to do about it. */
  readonly sentence: string;
}

function customer(sentence: string): CauseDisplay {
  return { mover: 'customer', sentence };
}

function us(sentence: string): CauseDisplay {
  return { mover: 'us', sentence };
}

function aws(sentence: string): CauseDisplay {
  return { mover: 'aws', sentence };
}

const SLOW_DOWN = 'AWS asks us to send less (%). We do, and go on by ourselves.';
const TROUBLE = 'AWS has trouble of its own (%). Every file is tried again until it is there.';
const KMS_TROUBLE = 'The key service of AWS has trouble of its own (%). Every file is tried again.';
const NO_CONNECTION = 'The store cannot be reached from here (%). Every file is tried again.';

function each(codes: readonly string[], display: (code: string) => CauseDisplay) {
  return Object.fromEntries(codes.map((code) => [code, display(code)]));
}

/** Causes of delivery's fault table, of its decisions, and the codes of answers that pass. */
export const CAUSES: Readonly<Record<string, CauseDisplay>> = {
  access_denied: customer(
    'AWS refuses the upload (AccessDenied). Grant s3:PutObject on the prefix to the IAM user.',
  ),
  access_denied_unconfirmed: us(
    'Access refused, confirming: AWS refused an upload without a reason. Three refusals over 20 s make it blocked.',
  ),
  access_key_unknown: customer(
    'AWS does not know the access key ID. Check that the key exists and is active, or enter a new one.',
  ),
  account_closed: customer('AWS says that the account of the bucket or of the key is not active.'),
  acl_not_supported: customer(
    'The bucket does not take ACLs. Set its object ownership to “bucket owner enforced”.',
  ),
  aws_identity_missing: us(
    'The access is a role, and no AWS identity of ours is configured that could take it on.',
  ),
  aws_identity_refused: us('AWS does not accept the identity of ours that takes on the role.'),
  behind: us('Events arrive faster than our writers deliver them at the moment.'),
  body_incomplete: us(
    'The store says, time after time, that uploads arrive incomplete. Something on the way cuts them off.',
  ),
  bucket_full: customer('The bucket is full. Raise its quota or free some space.'),
  bucket_missing: customer(
    'There is no bucket of this name. Correct the name on the Connection page, or create the bucket.',
  ),
  certificate_invalid: us('The certificate of the endpoint is not accepted.'),
  checksum_refused: us('The store says that the bytes arrived damaged.'),
  chunk_corrupt: us(
    'Stored events do not match their checksum. Nothing of them is delivered before somebody has looked.',
  ),
  chunk_missing: us(
    'Events are no longer kept that were not delivered. Delivery goes on behind them by itself within a minute, and the gap is recorded.',
  ),
  clock_skew: us('The store says that our clock is wrong. Uploads go on once it is right again.'),
  condition_ignored: us(
    'The store takes a second file under a name that is taken, so files could be replaced. Nothing is sent there.',
  ),
  conditional_put_unsupported: us('The store does not support If-None-Match on uploads.'),
  conflict: us('An object that is not ours lies where our file belongs. Nothing is overwritten.'),
  credential_unreadable: us(
    'The stored access keys cannot be opened. Enter them anew on the Connection page.',
  ),
  file_too_large: us('The store does not take files of this size.'),
  head_found_nothing: aws('AWS says that a file is there and then that it is not. It is looked at again.'),
  internal: us('Something on our side fails each time. It is tried again and again.'),
  kms_access_denied: customer(
    'AWS refuses the use of the KMS key. Grant kms:GenerateDataKey on it to the IAM user.',
  ),
  kms_key_disabled: customer(
    'The KMS key is disabled. Enable it, or choose another one on the Connection page.',
  ),
  kms_key_missing: customer('There is no KMS key of this ARN in the bucket’s region.'),
  kms_key_unavailable: customer('The KMS key cannot be reached at the moment.'),
  key_too_long: us(
    'The store does not take keys of this length. Choose a shorter prefix on the Connection page.',
  ),
  metadata_too_large: us('The store does not take the metadata of our files.'),
  read_denied: customer(
    'A file is there already and AWS does not let us look at it. Grant s3:GetObject on the prefix.',
  ),
  request_refused: us(
    'The store refuses our uploads as they are. It may not support a part of them, such as If-None-Match.',
  ),
  region_wrong: customer('The bucket lies in another region. Correct the region on the Connection page.'),
  role_refused: customer(
    'AWS does not let us take on the role. It must exist, and its trust policy must name us with our external ID; see the Connection page.',
  ),
  role_request_refused: us('AWS refuses the way in which we ask for the role.'),
  role_session_too_long: customer(
    'The role does not allow sessions of an hour. Raise its maximum session duration to one hour.',
  ),
  secret_wrong: customer(
    'The secret access key does not belong to the access key ID. Enter both anew on the Connection page.',
  ),
  sts_region_disabled: customer(
    'AWS STS is switched off for the bucket’s region. Activate it in the account settings of IAM.',
  ),
  token_expired: customer('The credentials have expired. Enter new access keys on the Connection page.'),
  token_invalid: customer('The credentials are not valid. Enter new access keys on the Connection page.'),
  unauthorized: customer('The store does not accept the access keys. Enter new ones on the Connection page.'),

  Internal: us('Something on our side broke off an upload. It is tried again.'),
  PreconditionFailed: us('A file is there already. We look whether it is ours.'),
  BadDigest: us('The store says that the bytes of an upload arrived damaged. It is tried again.'),
  IncompleteBody: us('The store says that an upload arrived incomplete. It is tried again.'),
  UnknownError: us('The store gave an answer without a code. Every file is tried again.'),
  RoleSessionEnded: us('The session of the role has ended. A new one is taken, and the file is tried again.'),
  WorkerLost: us('A writer ended in the middle of an upload. Another one takes over.'),
  ...each(
    [
      'SlowDown',
      'ServiceUnavailable',
      'Throttling',
      'ThrottlingException',
      'RequestThrottled',
      'TooManyRequests',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'BandwidthLimitExceeded',
      'KMS.ThrottlingException',
      'KMS.LimitExceededException',
    ],
    (code) => aws(SLOW_DOWN.replace('%', code)),
  ),
  ...each(
    [
      'InternalError',
      'RequestTimeout',
      'OperationAborted',
      'ConditionalRequestConflict',
      'TemporaryRedirect',
      'MissingETag',
      'MissingListing',
    ],
    (code) => aws(TROUBLE.replace('%', code)),
  ),
  ...each(['KMS.DependencyTimeoutException', 'KMS.KMSInternalException'], (code) =>
    aws(KMS_TROUBLE.replace('%', code)),
  ),
};

/** Node's names for a connection that failed, and the SDK's for an answer that did not come in time. */
const WIRE = /^(?:E[A-Z]+(?:_[A-Z]+)*|TimeoutError|AbortError)$/;
const UNLISTED = /^unlisted_answer_(\d+)$/;

/** What to say of a cause; an answer that nobody foresaw is quoted as the store gave it, and is ours to look at. */
export function causeDisplay(cause: string): CauseDisplay {
  // Codes come from outside: `constructor` must not find anything.
  const known = Object.hasOwn(CAUSES, cause) ? CAUSES[cause] : undefined;
  if (known !== undefined) return known;
  if (WIRE.test(cause)) return us(NO_CONNECTION.replace('%', cause));
  const status = UNLISTED.exec(cause)?.[1];
  return status === undefined
    ? us(`The store answered: ${cause}.`)
    : us(
        `The store gave an answer that nobody foresaw (HTTP ${status}). Somebody of ours has to look at it.`,
      );
}
