import { expect, test } from 'vitest';
import { CHECKSUM_ALGORITHMS, startChecksum } from './checksums';

// The check values of the CRC catalogue for "123456789"; the hashes are those of FIPS 180.
test.each([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
  ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
] as const)('%s of "123456789" is the published value, also in two parts', (algorithm, hex) => {
  const whole = startChecksum(algorithm);
  whole.update(Buffer.from('123456789'));
  const split = startChecksum(algorithm);
  split.update(Buffer.from('1234'));
  split.update(Buffer.from('56789'));
  const expected = Buffer.from(hex, 'hex').toString('base64');
  expect([whole.base64(), split.base64()]).toEqual([expected, expected]);
});

test('every algorithm starts at nothing', () => {
  const ofNothing = CHECKSUM_ALGORITHMS.map((algorithm) => startChecksum(algorithm).base64());
  expect(ofNothing.slice(0, 3)).toEqual(['AAAAAA==', 'AAAAAA==', 'AAAAAAAAAAA=']);
});
