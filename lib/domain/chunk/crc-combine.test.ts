import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combineCrc32, crc32OfFewBytes } from './crc-combine';

test('the combined CRC is the CRC of the concatenation, for any two runs of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.uint8Array({ maxLength: 5_000 }), (first, second) => {
      const whole = crc32(Buffer.concat([first, second]));
      expect(combineCrc32(crc32(first), crc32(second), second.length)).toBe(whole);
    }),
  );
});

test('runs longer than 4 GiB combine: zeros appended piece by piece or at once give one CRC', () => {
  const giga = 2 ** 30;
  let crcOfZeros = crc32(Buffer.alloc(2 ** 20));
  for (let bytes = 2 ** 20; bytes < giga; bytes *= 2)
    crcOfZeros = combineCrc32(crcOfZeros, crcOfZeros, bytes);
  const two = combineCrc32(crcOfZeros, crcOfZeros, giga);
  const four = combineCrc32(two, two, 2 * giga);
  const five = combineCrc32(four, crcOfZeros, giga);
  const start = crc32('start');
  const stepwise = [1, 2, 3, 4, 5].reduce((crc) => combineCrc32(crc, crcOfZeros, giga), start);
  expect(combineCrc32(start, five, 5 * giga)).toBe(stepwise);
});

test('a few bytes have the CRC that zlib computes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(crc32OfFewBytes(bytes)).toBe(crc32(bytes));
    }),
  );
});
