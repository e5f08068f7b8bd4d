import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { CollectionError, errorObject, invalidParameters, toCollectionError } from './collection-error';

const CODES = [
  ...([1000, 1003, 2000, 2001, 2004, 5000] as const),
  ...([
    'not_found',
    'method_not_allowed',
    'unsupported_encoding',
    'body_too_large',
    'key_in_flight',
  ] as const),
  ...(['key_reused', 'rate_limited', 'quota_exceeded', 'overloaded', 'outcome_unknown'] as const),
];

test('every code is explained where its answer points', () => {
  for (const code of CODES) {
    const { docs } = errorObject(new CollectionError(400, code, { message: 'x' }));
    const [file = '', anchor] = String(docs).split('#');
    expect(readFileSync(file, 'utf8')).toContain(`id="${anchor}"`);
  }
});

test('an error without a cause has no cause, as clients expect', () => {
  expect(errorObject(new CollectionError(401, 2000, { message: 'm' }))).not.toHaveProperty('cause');
  expect(errorObject(invalidParameters('why'))).toMatchObject({ status: 'BadRequest', cause: 'why' });
});

test('what went wrong inside is never told outside', () => {
  const secret = 'connect to postgresql://user:pass@host failed';
  for (const error of [new Error(secret), new AppError('INTERNAL', secret)]) {
    const answer = toCollectionError(error);
    expect([answer.httpStatus, answer.code]).toEqual([500, 5000]);
    expect(JSON.stringify(errorObject(answer))).not.toContain('pass');
  }
});

test('a refused document names the place', () => {
  const error = new AppError('VALIDATION', 'is wrong', {
    issues: [{ field: 'line 3', message: 'is wrong' }],
  });
  expect(toCollectionError(error)).toMatchObject({ httpStatus: 400, code: 1000, reason: 'line 3: is wrong' });
});
