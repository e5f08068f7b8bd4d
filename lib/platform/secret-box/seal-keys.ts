import type { Env } from '@/lib/platform/env';
import { createKmsKey, type KmsKey } from './kms-key';
import { type Opener, openWith } from './opener';
import { type RsaKeyRing, rsaKeyRing } from './rsa-keys';
import { createSealer, type Sealer, sealTo } from './sealer';
import type { UnwrappingKey, WrappingKey } from './wrapping-key';

type SealEnv = Pick<
  Env,
  | 'SLUICE_SEAL_PUBLIC_KEY'
  | 'SLUICE_SEAL_PRIVATE_KEYS'
  | 'SLUICE_SEAL_KMS_KEY_ARN'
  | 'SLUICE_AWS_ACCESS_KEY_ID'
  | 'SLUICE_AWS_SECRET_ACCESS_KEY'
>;

export interface KmsPlace {
  /** Instead of the region's own address. */
  readonly kmsEndpoint?: string;
}

/** What web seals by. Throws one sentence for settings that name no key, or two. */
export function sealerOf(env: SealEnv, place: KmsPlace = {}): Sealer {
  const kms = kmsKeyOf(env, place);
  const publicKey = env.SLUICE_SEAL_PUBLIC_KEY;
  if (kms !== null && publicKey !== undefined)
    throw new Error(
      'SLUICE_SEAL_PUBLIC_KEY and SLUICE_SEAL_KMS_KEY_ARN are both set: web seals to one key. Leave one of them empty.',
    );
  if (kms !== null) return sealTo(kms);
  if (publicKey === undefined)
    throw new Error(
      'Neither SLUICE_SEAL_PUBLIC_KEY nor SLUICE_SEAL_KMS_KEY_ARN is set: web needs a key to seal secrets to. See .env.example.',
    );
  return createSealer(publicKey);
}

/** What a worker opens by: its ring, a KMS key, or both while secrets move from one to the other. */
export function openerOf(env: SealEnv, place: KmsPlace = {}): Opener {
  return openWith(unwrappingKeys(ringOf(env), kmsKeyOf(env, place)));
}

interface RotationKeys {
  readonly from: readonly UnwrappingKey[];
  readonly to: WrappingKey;
}

/** What a rotation wraps by: the KMS key when one is set, else the newest of the ring; `toRing` leads back to it. */
export function rotationKeysOf(
  env: SealEnv,
  place: KmsPlace & { readonly toRing?: boolean } = {},
): RotationKeys {
  const ring = ringOf(env);
  const kms = kmsKeyOf(env, place);
  const from = unwrappingKeys(ring, kms);
  const to = kms === null || place.toRing === true ? ring?.newest : kms;
  if (to === undefined)
    throw new Error(
      'SLUICE_SEAL_PRIVATE_KEYS is not set: there is no ring whose newest key could take over.',
    );
  return { from, to };
}

function ringOf({ SLUICE_SEAL_PRIVATE_KEYS: privateKeys }: SealEnv): RsaKeyRing | null {
  return privateKeys === undefined ? null : rsaKeyRing(privateKeys);
}

function kmsKeyOf(env: SealEnv, { kmsEndpoint }: KmsPlace): KmsKey | null {
  const {
    SLUICE_SEAL_KMS_KEY_ARN: keyArn,
    SLUICE_AWS_ACCESS_KEY_ID: accessKeyId,
    SLUICE_AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = env;
  if (keyArn === undefined) return null;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new Error('Set both SLUICE_AWS_ACCESS_KEY_ID and SLUICE_AWS_SECRET_ACCESS_KEY, or neither.');
  return createKmsKey({
    keyArn,
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
    ...(kmsEndpoint === undefined ? {} : { endpoint: kmsEndpoint }),
  });
}

function unwrappingKeys(ring: RsaKeyRing | null, kms: KmsKey | null): UnwrappingKey[] {
  const keys = [ring, kms].filter((key) => key !== null);
  if (keys.length === 0)
    throw new Error(
      'Neither SLUICE_SEAL_PRIVATE_KEYS nor SLUICE_SEAL_KMS_KEY_ARN is set: without a key no credential can be opened.',
    );
  return keys;
}
