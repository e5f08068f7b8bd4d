import { createHash } from 'node:crypto';
import { decodeAwsChunked } from './aws-chunked';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, startChecksum } from './checksums';
import { S3Error } from './s3-error';
import { header, type S3Request } from './s3-request';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64, as in the `x-amz-checksum-…` header. */
  readonly value: string;
}

export interface ReceivedBody {
  readonly sizeBytes: number;
  readonly md5Hex: string;
  readonly checksum: Checksum | null;
}

interface BodyClaims {
  readonly isChunked: boolean;
  readonly sha256Hex: string | null;
  readonly md5Base64: string | null;
  readonly decodedLength: number | null;
  readonly algorithm: ChecksumAlgorithm | null;
  /** The checksum sent in a header; null when it follows in a trailer or there is none. */
  readonly checksumValue: string | null;
}

const CHECKSUM_NAME = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

function trailerAlgorithm(request: S3Request): ChecksumAlgorithm | null {
  const announced = header(request, 'x-amz-trailer');
  if (announced === undefined) return null;
  const name = CHECKSUM_NAME.exec(announced.trim().toLowerCase())?.[1];
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name);
  if (algorithm === undefined)
    throw new S3Error('InvalidRequest', 'The value specified in x-amz-trailer is not supported');
  return algorithm;
}

function readClaims(request: S3Request): BodyClaims {
  const payload = header(request, 'x-amz-content-sha256') ?? '';
  const isChunked = payload === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const isHex = /^[0-9a-f]{64}$/.test(payload);
  if (!isChunked && !isHex && payload !== 'UNSIGNED-PAYLOAD') {
    throw new S3Error('NotImplemented', `This stand-in does not implement the payload kind "${payload}".`);
  }
  const inHeader = CHECKSUM_ALGORITHMS.filter(
    (algorithm) => header(request, `x-amz-checksum-${algorithm}`) !== undefined,
  );
  if (inHeader.length > 1) {
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const decoded = header(request, 'x-amz-decoded-content-length');
  const algorithm = inHeader[0] ?? null;
  return {
    isChunked,
    sha256Hex: isHex ? payload : null,
    md5Base64: header(request, 'content-md5') ?? null,
    decodedLength: decoded === undefined ? null : Number(decoded),
    algorithm: algorithm ?? trailerAlgorithm(request),
    checksumValue: algorithm === null ? null : (header(request, `x-amz-checksum-${algorithm}`) ?? null),
  };
}

function verify(
  claims: BodyClaims,
  found: ReceivedBody & { sha256Hex: string | null },
  expected: string | null,
): void {
  if (claims.decodedLength !== null && claims.decodedLength !== found.sizeBytes) {
    throw new S3Error(
      'IncompleteBody',
      'You did not provide the number of bytes specified by x-amz-decoded-content-length',
    );
  }
  if (claims.sha256Hex !== null && claims.sha256Hex !== found.sha256Hex) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  if (claims.md5Base64 !== null && claims.md5Base64 !== Buffer.from(found.md5Hex, 'hex').toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (found.checksum !== null && expected !== found.checksum.value) {
    throw new S3Error(
      'BadDigest',
      `The ${found.checksum.algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
}

/**
 * Reads a request's body into `write`, undoing aws-chunked framing, and verifies everything the client claimed
 * about it: SHA-256 of the signature, Content-MD5, checksum in header or trailer, decoded length.
 */
export async function receiveBody(
  request: S3Request,
  source: AsyncIterable<Buffer>,
  write: (part: Buffer) => Promise<void>,
): Promise<ReceivedBody> {
  const claims = readClaims(request);
  const trailers = new Map<string, string>();
  const payload = claims.isChunked ? decodeAwsChunked(source, trailers) : source;
  const md5 = createHash('md5');
  const sha256 = claims.sha256Hex === null ? null : createHash('sha256');
  const running = claims.algorithm === null ? null : startChecksum(claims.algorithm);
  let sizeBytes = 0;
  for await (const part of payload) {
    sizeBytes += part.length;
    md5.update(part);
    sha256?.update(part);
    running?.update(part);
    await write(part);
  }
  const checksum =
    running === null || claims.algorithm === null
      ? null
      : { algorithm: claims.algorithm, value: running.base64() };
  const found = { sizeBytes, md5Hex: md5.digest('hex'), checksum };
  const expected = claims.checksumValue ?? trailers.get(`x-amz-checksum-${claims.algorithm}`) ?? null;
  verify(claims, { ...found, sha256Hex: sha256?.digest('hex') ?? null }, expected);
  return found;
}
