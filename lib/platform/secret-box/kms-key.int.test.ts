import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KmsStandIn, startKmsStandIn } from '@/dev/kms-stand-in/start';
import { SecretBoxError } from './envelope';
import { generateSealKeyPair } from './key-pair';
import { createKmsKey, type KmsKey } from './kms-key';
import { createOpener, openWith } from './opener';
import { rewrap, sealedTo } from './rewrap';
import { rsaKeyRing } from './rsa-keys';
import { createSealer, sealTo } from './sealer';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY';
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' };
// A foreign KMS on demand: moto_server -p 5555, then TEST_KMS_URL=http://127.0.0.1:5555
const foreignUrl = process.env.TEST_KMS_URL;
let standIn: KmsStandIn;
beforeAll(async () => {
  standIn = await startKmsStandIn();
});
afterAll(() => standIn.close());

async function makeKey(): Promise<KmsKey> {
  if (foreignUrl === undefined)
    return createKmsKey({ keyArn: standIn.createKey(), credentials, endpoint: standIn.url });
  const client = new KMSClient({ region: 'eu-west-1', endpoint: foreignUrl, credentials });
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  client.destroy();
  return createKmsKey({ keyArn: KeyMetadata!.Arn!, credentials, endpoint: foreignUrl });
}

describe('a secret sealed to a KMS key', () => {
  test('opens with that key and the same place only, and names the key', async () => {
    const key = await makeKey();
    const sealed = await sealTo(key).seal(SECRET, 'place');
    expect(sealedTo(sealed)).toBe(key.keyId);
    expect(sealed.includes(SECRET)).toBe(false);
    const opener = openWith([key]);
    expect(await opener.open(sealed, 'place')).toBe(SECRET);
    await expect(opener.open(sealed, 'another place')).rejects.toThrow(SecretBoxError);
    await expect(openWith([await makeKey()]).open(sealed, 'place')).rejects.toThrow(key.keyId);
    key.close();
  });

  test('is wrapped to a new key and back without being opened', async () => {
    const key = await makeKey();
    const pair = generateSealKeyPair();
    const ring = rsaKeyRing(pair.privateKeyPem);
    const byRsa = await createSealer(pair.publicKeyPem).seal(SECRET, 'place');
    const byKms = await rewrap(byRsa, { from: [ring], to: key, aad: 'place' });
    expect([sealedTo(byRsa), sealedTo(byKms)]).toEqual([pair.keyId, key.keyId]);
    expect(await openWith([key]).open(byKms, 'place')).toBe(SECRET);
    const back = await rewrap(byKms, { from: [key, ring], to: ring.newest, aad: 'place' });
    expect(await createOpener(pair.privateKeyPem).open(back, 'place')).toBe(SECRET);
    await expect(rewrap(byKms, { from: [key], to: ring.newest, aad: 'elsewhere' })).rejects.toThrow(
      SecretBoxError,
    );
    key.close();
  });
});

test.runIf(foreignUrl === undefined)('a disabled key opens nothing, and the error names it', async () => {
  const key = await makeKey();
  const sealed = await sealTo(key).seal(SECRET, 'place');
  standIn.disableKey(key.keyId);
  await expect(openWith([key]).open(sealed, 'place')).rejects.toThrow(key.keyId);
  key.close();
});

test('an alias is refused: it may come to mean another key', () => {
  const keyArn = 'arn:aws:kms:eu-west-1:000000000000:alias/sluice';
  expect(() => createKmsKey({ keyArn, credentials })).toThrow('full ARN');
});
