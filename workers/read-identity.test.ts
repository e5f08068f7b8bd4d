import { describe, expect, test } from 'vitest';
import { parseEnv } from '@/lib/platform/env';
import { readIdentity } from './read-identity';

const ARN = 'arn:aws:iam::111122223333:role/sluice';
const KEYS = {
  SLUICE_AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  SLUICE_AWS_SECRET_ACCESS_KEY: 's'.repeat(40),
};
const read = (more: Record<string, string>) =>
  readIdentity(parseEnv({ DATABASE_URL: 'postgresql://x', ...more }));

describe('the identity that takes on roles', () => {
  test('there is none unless a principal is named, whatever AWS would find by itself', () => {
    expect(read({})).toBeNull();
  });

  test('it is the given keys, else what the default chain finds', () => {
    expect(read({ SLUICE_AWS_PRINCIPAL_ARN: ARN, ...KEYS })).toMatchObject({ kind: 'keys' });
    expect(read({ SLUICE_AWS_PRINCIPAL_ARN: ARN })).toEqual({ kind: 'default_chain' });
  });

  test('half of it is refused at start', () => {
    expect(() => read(KEYS)).toThrow(/SLUICE_AWS_PRINCIPAL_ARN/);
    const SLUICE_SEAL_KMS_KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/7d2c';
    expect(read({ ...KEYS, SLUICE_SEAL_KMS_KEY_ARN })).toBeNull();
    expect(() => read({ SLUICE_AWS_PRINCIPAL_ARN: ARN, SLUICE_AWS_ACCESS_KEY_ID: 'AKIA' })).toThrow(/both/);
  });
});
