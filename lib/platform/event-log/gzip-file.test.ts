import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeGzipFile, GZIP_HEADER, type GzipPart } from '@/lib/domain/chunk/gzip-file';
import { Stitch } from '@/lib/domain/chunk/stitch';
import { deflateChunk } from './compress';
import { recompress } from './recompress';

// Many megabytes and other programs: slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

type Chunk = GzipPart & { readonly body: Buffer };

async function toChunk(raw: Buffer, level = 3): Promise<Chunk> {
  const { body, crcRaw, crcBody } = await deflateChunk(raw, level);
  return { rawBytes: raw.length, crcRaw, bodyBytes: body.length, crcBody, body };
}

function stitch(chunks: readonly Chunk[]): Buffer {
  const writer = new Stitch(describeGzipFile(chunks));
  for (const chunk of chunks) writer.add(chunk.body);
  return writer.finish();
}

/** Node reads exactly the lines back; one member; lengths and CRCs are those described from metadata alone. */
function expectFileOf(file: Buffer, chunks: readonly Chunk[], lines: Buffer): void {
  expect(gunzipSync(file).equals(lines)).toBe(true);
  const member = inflateRawSync(file.subarray(GZIP_HEADER.length), { info: true }) as unknown as {
    engine: { bytesWritten: number };
  };
  expect(member.engine.bytesWritten).toBe(file.length - GZIP_HEADER.length - 8);
  expect(describeGzipFile(chunks)).toEqual({
    gzipBytes: file.length,
    crcGzip: crc32(file),
    rawBytes: lines.length,
    crcRaw: crc32(lines),
  });
  expect(file.readUInt32LE(file.length - 8)).toBe(crc32(lines));
  expect(file.readUInt32LE(file.length - 4)).toBe(lines.length % 2 ** 32);
}

/** Lines as they come: short or long, ASCII or not, compressible or not. */
const line = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => Buffer.from(text)),
    fc.integer({ min: 1, max: 9_000 }).map((bytes) => Buffer.alloc(bytes, '{"name":"Pageview"}')),
  )
  .map((bytes) => Buffer.concat([bytes, Buffer.from('\n')]));
const groups = fc.array(fc.array(line, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 12 });

const samples: { file: Buffer; lines: Buffer }[] = [];

describe('a stitched file', () => {
  test('gunzips to exactly the lines of its chunks, for any split of any lines at any level', async () => {
    await fc.assert(
      fc.asyncProperty(groups, fc.integer({ min: 1, max: 9 }), async (split, level) => {
        const raws = split.map((lines) => Buffer.concat(lines));
        const chunks = await Promise.all(raws.map((raw) => toChunk(raw, level)));
        const file = stitch(chunks);
        expectFileOf(file, chunks, Buffer.concat(raws));
        if (samples.length < 40) samples.push({ file, lines: Buffer.concat(raws) });
      }),
      { numRuns: 200 },
    );
  });

  test('of one byte is a file like any other', async () => {
    const chunks = [await toChunk(Buffer.from('\n'))];
    expectFileOf(stitch(chunks), chunks, Buffer.from('\n'));
    samples.push({ file: stitch(chunks), lines: Buffer.from('\n') });
  });

  test('of 64 MB in 256 KiB chunks has the right CRC and length', async () => {
    const raws = Array.from({ length: 256 }, (_, i) => makeLines(256 * 1024, i));
    const chunks: Chunk[] = [];
    for (const raw of raws) chunks.push(await toChunk(raw, 1));
    const lines = Buffer.concat(raws);
    expect(lines.length).toBe(64 * 1024 * 1024);
    const file = stitch(chunks);
    expectFileOf(file, chunks, lines);
    samples.push({ file, lines });
  });

  test('of one hour holds that hour only, when chunks of several hours lie between each other', async () => {
    const raws = ['14 a\n', '15 a\n', '14 b\n15 is a text here\n', '15 b\n'].map((text) => Buffer.from(text));
    const chunks = await Promise.all(raws.map((raw) => toChunk(raw)));
    const ofHour = (indexes: number[]) => stitch(indexes.map((i) => chunks[i]!));
    expect(gunzipSync(ofHour([0, 2])).toString()).toBe('14 a\n14 b\n15 is a text here\n');
    expect(gunzipSync(ofHour([1, 3])).toString()).toBe('15 a\n15 b\n');
  });
});

test('an empty chunk is refused', async () => {
  await expect(deflateChunk(Buffer.alloc(0), 3)).rejects.toThrow('at least one line');
});

describe('a recompressed file', () => {
  test('is one gzip member of exactly the same lines, for any split of any lines', async () => {
    await fc.assert(
      fc.asyncProperty(groups, async (split) => {
        const raws = split.map((lines) => Buffer.concat(lines));
        const chunks = await Promise.all(raws.map((raw) => toChunk(raw)));
        const file = await recompress(
          chunks.map((chunk) => chunk.body),
          describeGzipFile(chunks),
          6,
        );
        expect(gunzipSync(file.bytes).equals(Buffer.concat(raws))).toBe(true);
        expect(file.crcGzip).toBe(crc32(file.bytes));
        if (samples.length < 60) samples.push({ file: file.bytes, lines: Buffer.concat(raws) });
      }),
      { numRuns: 60 },
    );
  });

  test('is smaller than the stitched one when chunks are thin', async () => {
    const chunks = await Promise.all(Array.from({ length: 200 }, (_, i) => toChunk(makeLines(700, i))));
    const file = await recompress(
      chunks.map((chunk) => chunk.body),
      describeGzipFile(chunks),
      6,
    );
    expect(file.bytes.length).toBeLessThan(stitch(chunks).length / 2);
  });

  test.each([
    ['longer than its chunks say', { rawBytes: 3, crcRaw: crc32('abcd') }],
    ['shorter than its chunks say', { rawBytes: 5, crcRaw: crc32('abcd') }],
    ['of another CRC', { rawBytes: 4, crcRaw: crc32('abce') }],
  ])('is refused when the lines are %s', async (_, expected) => {
    const { body } = await toChunk(Buffer.from('abcd'));
    await expect(recompress([body], expected, 6)).rejects.toThrow('do not match');
  });

  test('is refused when a body is cut off', async () => {
    const chunk = await toChunk(makeLines(10_000, 1));
    await expect(recompress([chunk.body.subarray(0, 50)], describeGzipFile([chunk]), 6)).rejects.toThrow();
  });
});

describe('other readers', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'sluice-gzip-'));
    for (const [i, { file }] of samples.entries()) writeFileSync(join(directory, `${i}.gz`), file);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('gzip -t accepts every file', () => {
    expect(samples.length).toBeGreaterThan(40);
    const names = samples.map((_, i) => `${i}.gz`);
    const result = run('gzip', ['-t', ...names], directory);
    expect(result).toBe('');
  });

  test('Python finds one member with exactly the lines in every file', () => {
    const names = samples.map((_, i) => `${i}.gz`);
    const seen = run('python3', ['-c', PYTHON_READER, ...names], directory)
      .trim()
      .split('\n');
    const expected = samples.map(({ lines }) => createHash('sha256').update(lines).digest('hex'));
    expect(seen).toEqual(expected);
  });
});

const PYTHON_READER = `
import gzip, hashlib, sys, zlib
for name in sys.argv[1:]:
    data = open(name, 'rb').read()
    one = zlib.decompressobj(31)
    lines = one.decompress(data)
    assert one.eof and one.unused_data == b'', 'more than one member'
    assert gzip.decompress(data) == lines
    print(hashlib.sha256(lines).hexdigest())
`;

function run(program: string, args: string[], cwd: string): string {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 30_000 });
  if (result.error !== undefined) {
    throw new Error(`This test reads our files with ${program}, which is not installed here. Install it.`);
  }
  if (result.status !== 0) throw new Error(`${program} refused a file: ${result.stderr}`);
  return result.stdout + result.stderr;
}

/** Lines of JSON that compress like events do, exactly `bytes` long, ended by a line feed. */
function makeLines(bytes: number, seed: number): Buffer {
  const text: string[] = [];
  let length = 0;
  for (let i = 0; length < bytes; i += 1) {
    const id = Math.imul(seed * 7919 + i, 2654435761) >>> 0;
    const next = `{"event_id":"${id.toString(16)}","name":"Pageview","time":"2026-01-15T14:00:00.000Z","n":${i}}\n`;
    text.push(next);
    length += next.length;
  }
  const lines = Buffer.from(text.join('')).subarray(0, bytes);
  lines[bytes - 1] = 0x0a;
  return lines;
}
