import type { Mover, RoutingLabel } from './label';

/** Who has to act while a routing carries this label and no cause says otherwise. */
const MOVER_BY_LABEL: Readonly<Record<RoutingLabel, Mover>> = {
  draft: 'us',
  awaiting_customer: 'customer',
  verifying: 'us',
  verification_failed: 'customer',
  verified: 'us',
  starting: 'us',
  pausing: 'us',
  resuming: 'us',
  draining: 'us',
  delivering: 'nobody',
  late: 'us',
  failing: 'us',
  blocked: 'customer',
  idle: 'nobody',
  unknown: 'us',
  paused: 'whoever_paused',
  disabled: 'nobody',
  archived: 'nobody',
};

const CUSTOMER_CAUSES = [
  'access_denied',
  'access_key_unknown',
  'account_closed',
  'acl_not_supported',
  'bucket_full',
  'bucket_missing',
  'kms_access_denied',
  'kms_key_disabled',
  'kms_key_missing',
  'kms_key_unavailable',
  'read_denied',
  'region_wrong',
  'secret_wrong',
  'token_expired',
  'token_invalid',
  'unauthorized',
];

/** S3's own codes for trouble on its side; everything not listed anywhere is ours to look at. */
const AWS_CAUSES = ['InternalError', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown', 'TemporaryRedirect'];

/** Whose move a routing is; `cause` is its health cause, a word of delivery's fault table or an S3 error code. */
export function whoseMove(label: RoutingLabel, cause: string | null): Mover {
  if (cause === null || (label !== 'blocked' && label !== 'failing' && label !== 'late')) {
    return MOVER_BY_LABEL[label];
  }
  if (CUSTOMER_CAUSES.includes(cause)) return 'customer';
  return AWS_CAUSES.includes(cause) ? 'aws' : 'us';
}
