import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import type { ObjectAccess, OpenedCredential } from './object-store';
import { toStoreError } from './store-fault';

const CREDENTIAL = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

function accessWith(credential: { accessKeyId: string; secretAccessKey: string }): ObjectAccess {
  return {
    region: 'eu-west-1',
    kmsKeyArn: null,
    credential: credential as unknown as OpenedCredential,
  };
}

const access = accessWith(CREDENTIAL);

function named(name: string): Error {
  return Object.assign(new Error('m'), { name });
}

describe('without an answer', () => {
  test.each([
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'INVALID_CA',
    'HOSTNAME_MISMATCH',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ECONNRESET',
    'EAI_AGAIN',
    'HPE_INVALID_CONSTANT',
  ])('%s keeps its code', (code) => {
    const thrown = Object.assign(new Error('m'), { code });
    expect(toStoreError(thrown, access)).toMatchObject({ kind: 'error', httpStatus: null, code });
  });

  test('an error without a usable code goes by its name, and one without either is unknown', () => {
    expect(toStoreError(named('TimeoutError'), access)).toMatchObject({ code: 'TimeoutError' });
    expect(toStoreError(new Error('m'), access)).toMatchObject({ httpStatus: null, code: 'UnknownError' });
    expect(toStoreError(named('<b>a name from outside</b>'), access)).toMatchObject({ code: 'UnknownError' });
  });

  test.each([
    new TypeError('m'),
    new RangeError('m'),
    new ReferenceError('m'),
    new AppError('INTERNAL', 'm'),
  ])('a %s is a programmer’s error and no answer', (thrown) => {
    expect(toStoreError(thrown, access)).toBeNull();
  });
});

test('an answer that could not be read is an answer, whatever it made the SDK throw', () => {
  const thrown = Object.assign(new TypeError('m'), { $response: { statusCode: 502 } });
  expect(toStoreError(thrown, access)).toMatchObject({ kind: 'error', httpStatus: 502 });
});

describe('a message', () => {
  const said = (message: string, credential: { accessKeyId: string; secretAccessKey: string }) =>
    toStoreError(new Error(message), accessWith(credential))?.message;

  test('repeats neither the key nor its secret', () => {
    const { accessKeyId, secretAccessKey } = CREDENTIAL;
    expect(said(`No ${accessKeyId} with ${secretAccessKey}`, CREDENTIAL)).toBe(
      'No [redacted] with [redacted]',
    );
  });

  test('stays readable where key and secret are too short to hide', () => {
    const short = { accessKeyId: 'a', secretAccessKey: 's' };
    expect(said('the certificate is not accepted', short)).toBe('the certificate is not accepted');
  });
});
