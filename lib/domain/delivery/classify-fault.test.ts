import { describe, expect, test } from 'vitest';
import { classifyFault } from './classify-fault';

describe('classifyFault', () => {
  test.each([
    [412, 'PreconditionFailed', { kind: 'exists' }],
    [200, 'PreconditionFailed', { kind: 'exists' }],
    [409, 'ConditionalRequestConflict', { kind: 'retry', pace: 'quick' }],
    [409, 'OperationAborted', { kind: 'retry', pace: 'quick' }],
    [400, 'RequestTimeout', { kind: 'retry', pace: 'quick' }],
    [500, 'InternalError', { kind: 'retry', pace: 'quick' }],
    [200, 'InternalError', { kind: 'retry', pace: 'quick' }],
    [200, 'MissingETag', { kind: 'retry', pace: 'quick' }],
    [503, 'SlowDown', { kind: 'retry', pace: 'slow_down' }],
    [429, 'TooManyRequests', { kind: 'retry', pace: 'slow_down' }],
    [400, 'KMS.ThrottlingException', { kind: 'retry', pace: 'slow_down' }],
    [403, 'InvalidAccessKeyId', { kind: 'blocked', cause: 'access_key_unknown' }],
    [403, 'SignatureDoesNotMatch', { kind: 'blocked', cause: 'secret_wrong' }],
    [400, 'ExpiredToken', { kind: 'blocked', cause: 'token_expired' }],
    [403, 'AccountProblem', { kind: 'blocked', cause: 'account_closed' }],
    [404, 'NoSuchBucket', { kind: 'blocked', cause: 'bucket_missing' }],
    [301, 'PermanentRedirect', { kind: 'blocked', cause: 'region_wrong' }],
    [400, 'AuthorizationHeaderMalformed', { kind: 'blocked', cause: 'region_wrong' }],
    [400, 'KMS.DisabledException', { kind: 'blocked', cause: 'kms_key_disabled' }],
    [400, 'KMS.NotFoundException', { kind: 'blocked', cause: 'kms_key_missing' }],
    [400, 'KMS.KMSInvalidStateException', { kind: 'blocked', cause: 'kms_key_disabled' }],
    [403, 'AccessDenied', { kind: 'denied' }],
    [403, 'RequestTimeTooSkewed', { kind: 'clock' }],
    [400, 'BadDigest', { kind: 'garbled', cause: 'checksum_refused' }],
    [400, 'IncompleteBody', { kind: 'garbled', cause: 'body_incomplete' }],
    [400, 'InvalidDigest', { kind: 'hold', cause: 'checksum_refused' }],
    [501, 'NotImplemented', { kind: 'hold', cause: 'conditional_put_unsupported' }],
    [400, 'InvalidArgument', { kind: 'hold', cause: 'request_refused' }],
    [400, 'InvalidRequest', { kind: 'hold', cause: 'request_refused' }],
  ])('%i %s is known by its code', (httpStatus, code, fault) => {
    expect(classifyFault({ httpStatus, code })).toEqual(fault);
  });

  test.each([
    [301, { kind: 'blocked', cause: 'region_wrong' }],
    [401, { kind: 'blocked', cause: 'unauthorized' }],
    [403, { kind: 'denied' }],
    [408, { kind: 'retry', pace: 'quick' }],
    [409, { kind: 'retry', pace: 'quick' }],
    [412, { kind: 'exists' }],
    [429, { kind: 'retry', pace: 'slow_down' }],
    [500, { kind: 'retry', pace: 'quick' }],
    [501, { kind: 'hold', cause: 'conditional_put_unsupported' }],
    [502, { kind: 'retry', pace: 'quick' }],
    [503, { kind: 'retry', pace: 'slow_down' }],
    [504, { kind: 'retry', pace: 'quick' }],
  ])('%i with a code nobody lists is known by its status', (httpStatus, fault) => {
    expect(classifyFault({ httpStatus, code: 'UnknownError' })).toEqual(fault);
  });

  test.each(['TimeoutError', 'AbortError', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'])(
    'without an answer, %s is worth another try',
    (code) => {
      expect(classifyFault({ httpStatus: null, code })).toEqual({ kind: 'retry', pace: 'quick' });
    },
  );

  test.each([
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('a certificate that is not accepted (%s) blocks, and is looked at again now and then', (code) => {
    expect(classifyFault({ httpStatus: null, code })).toEqual({
      kind: 'blocked',
      cause: 'certificate_invalid',
    });
  });

  test.each([400, 402, 404, 405, 411, 418, 505, 520])(
    '%i with an unlisted code stands still',
    (httpStatus) => {
      expect(classifyFault({ httpStatus, code: 'Whatever' })).toEqual({
        kind: 'hold',
        cause: `unlisted_answer_${httpStatus}`,
      });
    },
  );

  test('an encryption key that radosgw cannot find is not blamed on the access key', () => {
    const refused = { httpStatus: 403, code: 'InvalidAccessKeyId' };
    const message = 'Failed to retrieve the actual key, kms-keyid: 7d2c';
    expect(classifyFault({ ...refused, message })).toEqual({ kind: 'blocked', cause: 'kms_key_missing' });
    expect(classifyFault({ ...refused, message: 'The AWS access key Id does not exist.' })).toEqual({
      kind: 'blocked',
      cause: 'access_key_unknown',
    });
  });

  test('a code that is a property of every object is not taken from there', () => {
    expect(classifyFault({ httpStatus: 400, code: 'constructor' })).toMatchObject({ kind: 'hold' });
  });
});
