import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum that is fed buffers and read once, in the base64 of S3's `x-amz-checksum-…` headers. */
export interface RunningChecksum {
  update(bytes: Buffer): void;
  base64(): string;
}

function uint32Base64(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString('base64');
}

class Crc32 implements RunningChecksum {
  #value = 0;

  update(bytes: Buffer): void {
    this.#value = crc32(bytes, this.#value);
  }

  base64(): string {
    return uint32Base64(this.#value);
  }
}

/** Table of a reflected CRC of up to 64 bits, in two halves: bit operations of JavaScript are 32 bits wide. */
function crcTable(reflectedPolynomial: bigint): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(256);
  const high = new Uint32Array(256);
  for (let index = 0; index < 256; index++) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ reflectedPolynomial : value >> 1n;
    low[index] = Number(value & 0xffffffffn);
    high[index] = Number(value >> 32n);
  }
  return { low, high };
}

const CRC32C_TABLE = crcTable(0x82f63b78n);
const CRC64NVME_TABLE = crcTable(0x9a6c9329ac4bc9b5n);

class TableCrc implements RunningChecksum {
  #low = 0xffffffff;
  #high: number;

  constructor(
    private readonly table: { low: Uint32Array; high: Uint32Array },
    private readonly bits: 32 | 64,
  ) {
    this.#high = bits === 64 ? 0xffffffff : 0;
  }

  update(bytes: Buffer): void {
    let low = this.#low;
    let high = this.#high;
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (this.table.low[index] ?? 0);
      high = (high >>> 8) ^ (this.table.high[index] ?? 0);
    }
    this.#low = low;
    this.#high = high;
  }

  base64(): string {
    if (this.bits === 32) return uint32Base64(~this.#low);
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#high >>> 0, 0);
    bytes.writeUInt32BE(~this.#low >>> 0, 4);
    return bytes.toString('base64');
  }
}

class HashChecksum implements RunningChecksum {
  readonly #hash: Hash;

  constructor(algorithm: 'sha1' | 'sha256') {
    this.#hash = createHash(algorithm);
  }

  update(bytes: Buffer): void {
    this.#hash.update(bytes);
  }

  base64(): string {
    return this.#hash.digest('base64');
  }
}

/** Starts a checksum of the given algorithm. */
export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'crc32':
      return new Crc32();
    case 'crc32c':
      return new TableCrc(CRC32C_TABLE, 32);
    case 'crc64nvme':
      return new TableCrc(CRC64NVME_TABLE, 64);
    case 'sha1':
    case 'sha256':
      return new HashChecksum(algorithm);
  }
}
