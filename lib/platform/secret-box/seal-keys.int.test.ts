import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KmsStandIn, startKmsStandIn } from '@/dev/kms-stand-in/start';
import { parseEnv } from '@/lib/platform/env';
import { generateSealKeyPair } from './key-pair';
import { rewrap, sealedTo } from './rewrap';
import { openerOf, rotationKeysOf, sealerOf } from './seal-keys';

const PAIR = generateSealKeyPair();
const IDENTITY = { SLUICE_AWS_ACCESS_KEY_ID: 'AKIATEST', SLUICE_AWS_SECRET_ACCESS_KEY: 'test-secret' };
const RSA = { SLUICE_SEAL_PUBLIC_KEY: PAIR.publicKeyPem };
const RING = { SLUICE_SEAL_PRIVATE_KEYS: PAIR.privateKeyPem };

let standIn: KmsStandIn;
let kms: Record<string, string>;
let place: { kmsEndpoint: string };
beforeAll(async () => {
  standIn = await startKmsStandIn();
  kms = { SLUICE_SEAL_KMS_KEY_ARN: standIn.createKey(), ...IDENTITY };
  place = { kmsEndpoint: standIn.url };
});
afterAll(() => standIn.close());
const env = (more: Record<string, string>) => parseEnv({ DATABASE_URL: 'postgresql://x', ...more });

describe('the settings of keys', () => {
  test('lead web from the ring to a KMS key, and the rotation there and back', async () => {
    const byRing = await sealerOf(env(RSA)).seal('secret', 'place');
    const byKms = await sealerOf(env(kms), place).seal('secret', 'place');
    expect([sealedTo(byRing), sealedTo(byKms)]).toEqual([PAIR.keyId, kms.SLUICE_SEAL_KMS_KEY_ARN]);
    const both = openerOf(env({ ...RING, ...kms }), place);
    expect(await Promise.all([byRing, byKms].map((sealed) => both.open(sealed, 'place')))).toEqual([
      'secret',
      'secret',
    ]);
    const there = await rewrap(byRing, {
      ...rotationKeysOf(env({ ...RING, ...kms }), place),
      aad: 'place',
    });
    expect(await openerOf(env(kms), place).open(there, 'place')).toBe('secret');
    const back = await rewrap(there, {
      ...rotationKeysOf(env({ ...RING, ...kms }), { ...place, toRing: true }),
      aad: 'place',
    });
    expect(await openerOf(env(RING)).open(back, 'place')).toBe('secret');
  });

  test('a worker without the key of a secret says which one it is', async () => {
    const byKms = await sealerOf(env(kms), place).seal('secret', 'place');
    await expect(openerOf(env(RING)).open(byKms, 'place')).rejects.toThrow(kms.SLUICE_SEAL_KMS_KEY_ARN);
  });

  test.each([
    ['web with two keys', () => sealerOf(env({ ...RSA, ...kms })), /both set/],
    ['web without a key', () => sealerOf(env({})), /Neither SLUICE_SEAL_PUBLIC_KEY nor/],
    ['a worker without a key', () => openerOf(env({})), /Neither SLUICE_SEAL_PRIVATE_KEYS nor/],
    ['a rotation back to no ring', () => rotationKeysOf(env(kms), { toRing: true }), /no ring/],
    ['half an identity', () => sealerOf(env({ ...kms, SLUICE_AWS_SECRET_ACCESS_KEY: '' })), /Set both/],
    [
      'an alias',
      () => env({ SLUICE_SEAL_KMS_KEY_ARN: 'arn:aws:kms:eu-west-1:111122223333:alias/sluice' }),
      /full ARN of a KMS key/,
    ],
  ])('%s is refused at start, in one sentence', (_, start, sentence) => {
    expect(start).toThrow(sentence);
  });
});
