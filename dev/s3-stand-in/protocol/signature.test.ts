import { expect, test } from 'vitest';
import { awsEncode, signatureOf } from './signature';

const SCOPE = {
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  timestamp: '20130524T000000Z',
  region: 'us-east-1',
};
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const HOST = ['host', 'examplebucket.s3.amazonaws.com'] as const;
const DATE = ['x-amz-date', SCOPE.timestamp] as const;

// Both from "Signature Calculations for the Authorization Header" in Amazon's S3 API reference.
test('AWS’s example of GetObject with a range has AWS’s signature', () => {
  const parts = {
    method: 'GET',
    segments: ['test.txt'],
    query: [],
    signedHeaders: [HOST, ['range', 'bytes=0-9'], ['x-amz-content-sha256', EMPTY_HASH], DATE] as const,
    payloadHash: EMPTY_HASH,
  };
  expect(signatureOf(parts, SCOPE)).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
});

test('AWS’s example of PutObject with an encoded key has AWS’s signature', () => {
  const payloadHash = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072';
  const parts = {
    method: 'PUT',
    segments: ['test$file.text'],
    query: [],
    signedHeaders: [
      ['date', 'Fri, 24 May 2013 00:00:00 GMT'],
      HOST,
      ['x-amz-content-sha256', payloadHash],
      DATE,
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
    ] as const,
    payloadHash,
  };
  expect(signatureOf(parts, SCOPE)).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
});

test('query parameters are signed sorted, whatever order they were sent in', () => {
  const query = [
    ['prefix', 'J'],
    ['max-keys', '2'],
  ] as const;
  const signedHeaders = [HOST, ['x-amz-content-sha256', EMPTY_HASH], DATE] as const;
  const parts = { method: 'GET', segments: [''], signedHeaders, payloadHash: EMPTY_HASH };
  const expected = '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7';
  expect(signatureOf({ ...parts, query }, SCOPE)).toBe(expected);
  expect(signatureOf({ ...parts, query: [...query].reverse() }, SCOPE)).toBe(expected);
});

test('only unreserved characters stay as they are', () => {
  expect(awsEncode("aZ09-._~ !'()*+/é")).toBe('aZ09-._~%20%21%27%28%29%2A%2B%2F%C3%A9');
});
