import { describe, expect, test } from 'vitest';
import { credentialAad } from './credential-aad';
import { SecretBoxError } from './envelope';
import { generateSealKeyPair } from './key-pair';
import { createOpener } from './opener';
import { createSealer } from './sealer';

const older = generateSealKeyPair();
const newer = generateSealKeyPair();
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY';
const place = { organizationId: 'o', routingId: 'r', credentialId: 'c', version: 1 } as const;

describe('a sealed secret', () => {
  test('opens with the private key and the same place only', async () => {
    const sealed = await createSealer(newer.publicKeyPem).seal(SECRET, 'place');
    const opener = createOpener(newer.privateKeyPem);
    expect(await opener.open(sealed, 'place')).toBe(SECRET);
    await expect(opener.open(sealed, 'another place')).rejects.toThrow(SecretBoxError);
  });

  test('differs at every seal and does not contain the secret', async () => {
    const sealer = createSealer(newer.publicKeyPem);
    const [first, second] = [await sealer.seal(SECRET, 'place'), await sealer.seal(SECRET, 'place')];
    expect(first.equals(second)).toBe(false);
    expect(first.includes(SECRET)).toBe(false);
  });

  test('is refused after a change of any single byte', async () => {
    const sealed = await createSealer(newer.publicKeyPem).seal('s', 'place');
    const opener = createOpener(newer.privateKeyPem);
    for (const at of [0, 1, 17, 18, 40, sealed.length - 29, sealed.length - 17, sealed.length - 1]) {
      const altered = Buffer.from(sealed);
      altered[at] = altered[at]! ^ 1;
      await expect(opener.open(altered, 'place'), `byte ${at}`).rejects.toThrow(SecretBoxError);
    }
    await expect(opener.open(sealed.subarray(0, 30), 'place')).rejects.toThrow(SecretBoxError);
    await expect(opener.open(Buffer.alloc(0), 'place')).rejects.toThrow(SecretBoxError);
  });

  test('of an older key opens while the ring holds that key, and names the key once it does not', async () => {
    const sealed = await createSealer(older.publicKeyPem).seal(SECRET, 'place');
    expect(await createOpener(`${newer.privateKeyPem}\n${older.privateKeyPem}`).open(sealed, 'place')).toBe(
      SECRET,
    );
    await expect(createOpener(newer.privateKeyPem).open(sealed, 'place')).rejects.toThrow(older.keyId);
  });

  test('never shows up in the error of a failed opening', async () => {
    const sealed = await createSealer(newer.publicKeyPem).seal(SECRET, 'place');
    try {
      await createOpener(newer.privateKeyPem).open(sealed, 'elsewhere');
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SECRET);
    }
  });
});

describe('a credential', async () => {
  const sealer = createSealer(newer.publicKeyPem);
  const opener = createOpener(newer.privateKeyPem);
  const seal = (field: 'accessKeyId' | 'secretAccessKey', value: string, version = 1) =>
    sealer.seal(value, credentialAad({ ...place, version, field }));
  const row = {
    ...place,
    accessKeyIdSealed: await seal('accessKeyId', 'AKIA1'),
    secretAccessKeySealed: await seal('secretAccessKey', SECRET),
  };

  test('opens from its own row', async () => {
    expect(await opener.openCredential(row)).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: SECRET });
  });

  test('does not open in a row of another organization, routing, credential, version or field', async () => {
    for (const moved of [
      { ...row, organizationId: 'x' },
      { ...row, routingId: 'x' },
      { ...row, credentialId: 'x' },
      { ...row, version: 2 },
      { ...row, accessKeyIdSealed: row.secretAccessKeySealed },
    ]) {
      await expect(opener.openCredential(moved)).rejects.toThrow(SecretBoxError);
    }
  });

  test('with an empty field is refused: there is no ambient identity to fall back to', async () => {
    await expect(
      opener.openCredential({ ...row, accessKeyIdSealed: await seal('accessKeyId', '') }),
    ).rejects.toThrow(SecretBoxError);
  });
});

test('keys may be written on one line, as environment files want them', async () => {
  const fold = (pem: string) => pem.replaceAll('\n', '\\n');
  const sealed = await createSealer(fold(newer.publicKeyPem)).seal(SECRET, 'place');
  const ring = fold(`${older.privateKeyPem}${newer.privateKeyPem}`);
  expect(await createOpener(ring).open(sealed, 'place')).toBe(SECRET);
});

test('a key that is not RSA, or no key at all, is refused at boot', async () => {
  expect(() => createSealer('not a key')).toThrow();
  expect(() => createOpener('not a key')).toThrow('no private key');
});
