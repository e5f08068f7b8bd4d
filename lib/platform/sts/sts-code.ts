/** What STS says when it does not know or believe whoever signs: that is us, never the customer. */
const ABOUT_US: readonly string[] = [
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];
const REGION_DISABLED: readonly string[] = ['RegionDisabledException', 'RegionDisabled'];
const OLD_SIGNATURE = /Signature (?:expired|not yet current)/;
const TOO_LONG = /DurationSeconds exceeds|MaxSessionDuration/;

/**
 * STS's refusal in the words of delivery's table of faults, where a code of S3 would mean the customer's keys. Codes:
 * AWS STS API reference, AssumeRole and common errors. Trouble that passes keeps its name.
 */
export function stsCode(answer: {
  readonly httpStatus: number | null;
  readonly code: string;
  readonly message: string;
}): string {
  const { httpStatus, code, message } = answer;
  if (code === 'CredentialsProviderError') return 'AWS_IDENTITY_MISSING';
  if (httpStatus === null || httpStatus >= 500 || /^(?:Throttl|TooManyRequests|RequestLimit)/.test(code))
    return code;
  if (OLD_SIGNATURE.test(message) || code === 'RequestExpired') return 'RequestTimeTooSkewed';
  if (REGION_DISABLED.includes(code)) return 'STS.RegionDisabled';
  if (ABOUT_US.includes(code)) return 'STS.IdentityRefused';
  if (TOO_LONG.test(message)) return 'STS.SessionTooLong';
  return httpStatus === 403 ? 'STS.AccessDenied' : 'STS.RequestRefused';
}
