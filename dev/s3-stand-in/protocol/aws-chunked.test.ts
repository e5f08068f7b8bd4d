import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAwsChunked } from './aws-chunked';

function frame(parts: readonly Buffer[], trailer: string): Buffer {
  const framed = parts
    .filter((part) => part.length > 0)
    .map((part) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
    );
  return Buffer.concat([...framed, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let start = 0;
  for (const size of sizes) {
    if (start >= bytes.length) return;
    yield bytes.subarray(start, start + size);
    start += size;
  }
  if (start < bytes.length) yield bytes.subarray(start);
}

async function decode(
  source: AsyncIterable<Buffer>,
): Promise<{ body: Buffer; trailers: Map<string, string> }> {
  const trailers = new Map<string, string>();
  const parts: Buffer[] = [];
  for await (const part of decodeAwsChunked(source, trailers)) parts.push(part);
  return { body: Buffer.concat(parts), trailers };
}

test('any chunks in any network pieces give the payload and the trailer', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  await fc.assert(
    fc.asyncProperty(fc.array(bytes), fc.array(fc.integer({ min: 1, max: 50 })), async (parts, sizes) => {
      const framed = frame(parts, 'x-amz-checksum-crc32:AAAAAA==\r\n');
      const { body, trailers } = await decode(pieces(framed, sizes));
      expect(body.equals(Buffer.concat(parts))).toBe(true);
      expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'AAAAAA==']]);
    }),
  );
});

test('a body cut short anywhere is incomplete, never a shorter payload', async () => {
  const framed = frame([Buffer.from('hello'), Buffer.from('world')], 'x-amz-checksum-crc32:AAAAAA==\r\n');
  for (let length = 0; length < framed.length; length++) {
    const cut = decode(pieces(framed.subarray(0, length), []));
    await expect(cut, `cut at ${length}`).rejects.toMatchObject({ code: 'IncompleteBody' });
  }
});

test.each(['zz\r\nhello\r\n0\r\n\r\n', '-1\r\n\r\n', '4\r\nhello\r\n0\r\n\r\n', 'x'.repeat(20_000)])(
  'broken framing %# is refused',
  async (text) => {
    await expect(decode(pieces(Buffer.from(text), []))).rejects.toMatchObject({ code: 'InvalidRequest' });
  },
);
