import { expect, test } from 'vitest';
import { FAULT_BY_CODE } from '@/lib/domain/delivery/fault-table';
import { errorClass } from './error-class';

test.each([
  ['a revoked key', 403, 'InvalidAccessKeyId', 'access'],
  ['a bare refusal', 403, 'AccessDenied', 'access'],
  ['a disabled key of KMS', 400, 'KMS.DisabledException', 'access'],
  ['a bucket that is gone', 404, 'NoSuchBucket', 'access'],
  ['an unlisted code with 401', 401, 'Odd', 'access'],
  ['a request to slow down', 503, 'SlowDown', 'throttled'],
  ['an unlisted code with 429', 429, 'Odd', 'throttled'],
  ['a reset connection', null, 'ECONNRESET', 'network'],
  ['an answer without a code', null, null, 'network'],
  ['an upload that took too long', 400, 'RequestTimeout', 'network'],
  ['bytes that arrived wrong', 400, 'BadDigest', 'network'],
  ['an error of S3 itself', 500, 'InternalError', 'other'],
  ['a worker that died', null, 'WorkerLost', 'other'],
  ['a job that broke off', null, 'Internal', 'other'],
  ['a clock that is wrong', 403, 'RequestTimeTooSkewed', 'other'],
  ['an answer that nobody foresaw', 418, 'Teapot', 'other'],
] as const)('%s', (_, httpStatus, code, expected) => {
  expect(errorClass({ httpStatus, code })).toBe(expected);
});

test('whatever blocks a routing is about access', () => {
  for (const [code, fault] of Object.entries(FAULT_BY_CODE)) {
    if (fault.kind === 'blocked')
      expect([code, errorClass({ httpStatus: 400, code })]).toEqual([code, 'access']);
  }
});
