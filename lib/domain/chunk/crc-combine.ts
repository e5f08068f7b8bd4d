/** IEEE CRC-32 as gzip, zlib and S3 use it: the polynomial with its bits reversed. */
const POLYNOMIAL = 0xedb88320;

/** x^(2^n) modulo the polynomial, for n = 0…31; the powers repeat with period 32. */
const POWERS = makePowers();

/**
 * The CRC-32 of two runs of bytes in a row, from the CRC-32 of each and the length of the second in bytes.
 * The same mathematics as zlib's crc32_combine; takes a few microseconds whatever the lengths.
 */
export function combineCrc32(crcFirst: number, crcSecond: number, bytesSecond: number): number {
  if (bytesSecond === 0) return crcFirst;
  return (multiply(powerOfBytes(bytesSecond), crcFirst) ^ crcSecond) >>> 0;
}

/** The CRC-32 of a few bytes, bit by bit: for headers and trailers, not for bodies. */
export function crc32OfFewBytes(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** a · b modulo the polynomial; the highest bit is the coefficient of x^0. */
function multiply(a: number, b: number): number {
  let product = 0;
  let left = a;
  let shifted = b;
  while (left !== 0) {
    if (left < 0 || left > 0x7fffffff) product ^= shifted;
    left = (left << 1) | 0;
    shifted = (shifted & 1) === 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return product >>> 0;
}

/** x^(8 · bytes): what appending that many bytes multiplies a CRC by. Lengths pass 2^32, hence no bit shifts. */
function powerOfBytes(bytes: number): number {
  let power = 0x80000000;
  let rest = bytes;
  for (let n = 3; rest > 0; n += 1) {
    if (rest % 2 === 1) power = multiply(POWERS[n & 31] ?? 0, power);
    rest = Math.floor(rest / 2);
  }
  return power;
}

function makePowers(): Uint32Array {
  const powers = new Uint32Array(32);
  let power = 0x40000000;
  for (let n = 0; n < 32; n += 1) {
    powers[n] = power;
    power = multiply(power, power);
  }
  return powers;
}
