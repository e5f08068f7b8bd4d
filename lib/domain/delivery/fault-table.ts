import type { Fault } from './fault';

const EXISTS: Fault = { kind: 'exists' };
const QUICK: Fault = { kind: 'retry', pace: 'quick' };
const SLOW: Fault = { kind: 'retry', pace: 'slow_down' };
const DENIED: Fault = { kind: 'denied' };
const CLOCK: Fault = { kind: 'clock' };

function blocked(cause: string): Fault {
  return { kind: 'blocked', cause };
}

function hold(cause: string): Fault {
  return { kind: 'hold', cause };
}

const KEY_UNKNOWN = blocked('access_key_unknown');
const SECRET_WRONG = blocked('secret_wrong');
const TOKEN_EXPIRED = blocked('token_expired');
const ACCOUNT_CLOSED = blocked('account_closed');
const BUCKET_MISSING = blocked('bucket_missing');
const REGION_WRONG = blocked('region_wrong');
const KMS_DISABLED = blocked('kms_key_disabled');
export const KMS_MISSING = blocked('kms_key_missing');
const BUCKET_FULL = blocked('bucket_full');
const CERTIFICATE = blocked('certificate_invalid');

/**
 * What each error code means. Sources: the S3 API's list of error responses, KMS errors as S3 passes them on
 * (`KMS.` in front), STS (`STS.` in front, see lib/platform/sts), the codes of Ceph radosgw, the SDK's names for local failures, and Node's X.509 codes.
 */
export const FAULT_BY_CODE: Readonly<Record<string, Fault>> = {
  PreconditionFailed: EXISTS,

  ConditionalRequestConflict: QUICK,
  OperationAborted: QUICK,
  RequestTimeout: QUICK,
  InternalError: QUICK,
  MissingETag: QUICK,
  MissingListing: QUICK,
  TemporaryRedirect: QUICK,
  'KMS.DependencyTimeoutException': QUICK,
  'KMS.KMSInternalException': QUICK,
  BadDigest: { kind: 'garbled', cause: 'checksum_refused' },
  IncompleteBody: { kind: 'garbled', cause: 'body_incomplete' },
  ServiceUnavailable: SLOW,
  SlowDown: SLOW,
  Throttling: SLOW,
  ThrottlingException: SLOW,
  RequestThrottled: SLOW,
  TooManyRequests: SLOW,
  TooManyRequestsException: SLOW,
  RequestLimitExceeded: SLOW,
  BandwidthLimitExceeded: SLOW,
  'KMS.ThrottlingException': SLOW,
  'KMS.LimitExceededException': SLOW,

  AccessDenied: DENIED,
  Forbidden: DENIED,

  InvalidAccessKeyId: KEY_UNKNOWN,
  SignatureDoesNotMatch: SECRET_WRONG,
  ExpiredToken: TOKEN_EXPIRED,
  ExpiredTokenException: TOKEN_EXPIRED,
  TokenRefreshRequired: TOKEN_EXPIRED,
  InvalidToken: blocked('token_invalid'),
  InvalidClientTokenId: KEY_UNKNOWN,
  UnrecognizedClientException: KEY_UNKNOWN,
  AccountProblem: ACCOUNT_CLOSED,
  AllAccessDisabled: ACCOUNT_CLOSED,
  NotSignedUp: ACCOUNT_CLOSED,
  UserSuspended: ACCOUNT_CLOSED,
  CredentialUnreadable: blocked('credential_unreadable'),
  AWS_IDENTITY_MISSING: blocked('aws_identity_missing'),
  RoleSessionEnded: QUICK,
  'STS.AccessDenied': blocked('role_refused'),
  'STS.SessionTooLong': blocked('role_session_too_long'),
  'STS.RegionDisabled': blocked('sts_region_disabled'),
  'STS.IdentityRefused': blocked('aws_identity_refused'),
  'STS.RequestRefused': blocked('role_request_refused'),

  NoSuchBucket: BUCKET_MISSING,
  InvalidBucketName: BUCKET_MISSING,
  PermanentRedirect: REGION_WRONG,
  AuthorizationHeaderMalformed: REGION_WRONG,
  IllegalLocationConstraintException: REGION_WRONG,
  QuotaExceeded: BUCKET_FULL,
  EntityTooLargeForQuota: BUCKET_FULL,
  XMinioStorageFull: BUCKET_FULL,
  AccessControlListNotSupported: blocked('acl_not_supported'),

  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: CERTIFICATE,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: CERTIFICATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  CERT_HAS_EXPIRED: CERTIFICATE,
  CERT_NOT_YET_VALID: CERTIFICATE,
  CERT_SIGNATURE_FAILURE: CERTIFICATE,
  CERT_CHAIN_TOO_LONG: CERTIFICATE,
  CERT_REVOKED: CERTIFICATE,
  CERT_UNTRUSTED: CERTIFICATE,
  CERT_REJECTED: CERTIFICATE,
  ERROR_IN_CERT_NOT_AFTER_FIELD: CERTIFICATE,
  ERROR_IN_CERT_NOT_BEFORE_FIELD: CERTIFICATE,
  HOSTNAME_MISMATCH: CERTIFICATE,
  INVALID_CA: CERTIFICATE,
  INVALID_PURPOSE: CERTIFICATE,
  PATH_LENGTH_EXCEEDED: CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,

  'KMS.DisabledException': KMS_DISABLED,
  'KMS.KMSInvalidStateException': KMS_DISABLED,
  'KMS.InvalidStateException': KMS_DISABLED,
  'KMS.NotFoundException': KMS_MISSING,
  'KMS.InvalidArnException': KMS_MISSING,
  'KMS.InvalidKeyUsageException': KMS_MISSING,
  'KMS.KeyUnavailableException': blocked('kms_key_unavailable'),
  'KMS.AccessDeniedException': blocked('kms_access_denied'),
  KMSDisabledException: KMS_DISABLED,
  KMSInvalidStateException: KMS_DISABLED,
  KMSNotFoundException: KMS_MISSING,

  RequestTimeTooSkewed: CLOCK,
  RequestExpired: CLOCK,

  InvalidDigest: hold('checksum_refused'),
  XAmzContentSHA256Mismatch: hold('checksum_refused'),
  XAmzContentChecksumMismatch: hold('checksum_refused'),
  EntityTooLarge: hold('file_too_large'),
  KeyTooLongError: hold('key_too_long'),
  MetadataTooLarge: hold('metadata_too_large'),
  NotImplemented: hold('conditional_put_unsupported'),
  InvalidArgument: hold('request_refused'),
  InvalidRequest: hold('request_refused'),
};

/** For answers whose code is not listed. What is in neither table stands still. */
export const FAULT_BY_STATUS: Readonly<Record<number, Fault>> = {
  301: REGION_WRONG,
  307: QUICK,
  401: blocked('unauthorized'),
  403: DENIED,
  408: QUICK,
  409: QUICK,
  412: EXISTS,
  429: SLOW,
  500: QUICK,
  501: hold('conditional_put_unsupported'),
  502: QUICK,
  503: SLOW,
  504: QUICK,
};
