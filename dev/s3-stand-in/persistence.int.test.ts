import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainS3Client } from '@/lib/testing/object-store';
import { type S3StandIn, type S3StandInOptions, startS3StandIn } from './start';

const KEY = { accessKeyId: 'AKIAPERSISTENCE0', secretAccessKey: 'a-secret-of-this-suite' };
const REGION = 'us-east-1';

let directory: string;
let standIn: S3StandIn;
let client: S3Client;

async function start(options: Partial<S3StandInOptions> = {}): Promise<void> {
  standIn = await startS3StandIn({ directory, buckets: ['kept'], keys: [KEY], ...options });
  client = plainS3Client({ endpoint: standIn.url, region: REGION, ...KEY });
}

async function restart(options: Partial<S3StandInOptions> = {}): Promise<void> {
  client.destroy();
  await standIn.close();
  await start(options);
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sluice-s3-'));
  await start();
});
afterEach(async () => {
  client.destroy();
  await standIn.close();
  await rm(directory, { recursive: true, force: true });
});

async function bodyOf(key: string): Promise<string | undefined> {
  const answer = await client.send(new GetObjectCommand({ Bucket: 'kept', Key: key }));
  return answer.Body?.transformToString();
}

test('objects, metadata, checksums and times are the same after a restart', async () => {
  const put = {
    Bucket: 'kept',
    Key: 'a/b',
    Body: 'body',
    ContentType: 'application/gzip',
    Metadata: { rows: '1' },
  };
  const kms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'my-key' } as const;
  await client.send(new PutObjectCommand({ ...put, ...kms, ChecksumAlgorithm: 'CRC32' }));
  const head = async () => {
    const answer = await client.send(
      new HeadObjectCommand({ Bucket: 'kept', Key: 'a/b', ChecksumMode: 'ENABLED' }),
    );
    return { ...answer, $metadata: undefined };
  };
  const before = await head();
  await restart();
  expect(await head()).toEqual(before);
  expect(before).toMatchObject({ Metadata: { rows: '1' }, ChecksumCRC32: expect.any(String), ...kms });
  expect(await bodyOf('a/b')).toBe('body');
  const again = client.send(new PutObjectCommand({ ...put, IfNoneMatch: '*' }));
  await expect(again).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

test('keys, revocations, denials, disabled KMS keys and regions outlive a restart; faults do not', async () => {
  const made = await standIn.control.createKey();
  await standIn.control.deny({ action: 's3:PutObject', prefix: 'no/' });
  await standIn.control.setKmsKey({ kmsKeyId: 'my-key', disabled: true });
  await standIn.control.createBucket({ name: 'far-away', region: 'eu-north-1' });
  standIn.control.faults.add({ times: null, effect: { kind: 'answer', status: 500, code: 'InternalError' } });
  await standIn.control.revokeKey(KEY);
  await restart();
  const other = plainS3Client({ endpoint: standIn.url, region: REGION, ...made });
  const put = (by: S3Client, extra = {}) =>
    by.send(new PutObjectCommand({ Bucket: 'kept', Key: 'k', Body: 'x', ...extra }));
  await expect(put(client)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  await put(other);
  await expect(put(other, { Key: 'no/a' })).rejects.toMatchObject({ name: 'AccessDenied' });
  const encrypted = put(other, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'my-key' });
  await expect(encrypted).rejects.toMatchObject({ name: 'KMS.DisabledException' });
  const away = put(other, { Bucket: 'far-away' });
  await expect(away).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed', Region: 'eu-north-1' });
  other.destroy();
});

test('a journal whose last line a crash cut off opens without that line', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'kept', Key: 'whole', Body: 'x' }));
  await standIn.close();
  const journal = path.join(directory, 'journal.jsonl');
  await appendFile(journal, '{"entry":"object","bucket":"kept","key":"torn","obj');
  await start();
  expect(await bodyOf('whole')).toBe('x');
  await client.send(new PutObjectCommand({ Bucket: 'kept', Key: 'next', Body: 'y' }));
  await restart();
  expect(await bodyOf('next')).toBe('y');
  await expect(bodyOf('torn')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a journal that is broken in the middle is refused by line number, not skipped', async () => {
  await standIn.close();
  const journal = path.join(directory, 'journal.jsonl');
  await writeFile(journal, `nonsense\n${await readFile(journal, 'utf8')}`);
  await expect(start()).rejects.toThrow(/^Line 1 of the stand-in's journal cannot be read/);
  await rm(journal);
  await start();
});

test('replaced and deleted bodies leave the disk, and the journal is shortened', async () => {
  await restart({ syncToDisk: false });
  for (let count = 0; count < 1_100; count++) {
    await standIn.control.putForeignObject({ bucket: 'kept', key: 'same', text: `version ${count}` });
  }
  const journal = path.join(directory, 'journal.jsonl');
  const longBytes = (await stat(journal)).size;
  await writeFile(path.join(directory, 'bodies', 'stray-of-a-crash'), 'x');
  await restart();
  expect(await bodyOf('same')).toBe('version 1099');
  expect(await readdir(path.join(directory, 'bodies'))).toHaveLength(1);
  expect((await stat(journal)).size).toBeLessThan(longBytes / 100);
});

test('what is stored is readable by its owner only', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'kept', Key: 'k', Body: 'x' }));
  const bodies = path.join(directory, 'bodies');
  const files = ['access.json', 'journal.jsonl', ...(await readdir(bodies)).map((name) => `bodies/${name}`)];
  expect(files).toHaveLength(3);
  for (const file of files) expect((await stat(path.join(directory, file))).mode & 0o077, file).toBe(0);
});

test('a taken port is one clear sentence', async () => {
  const other = await mkdtemp(path.join(tmpdir(), 'sluice-s3-'));
  const taken = startS3StandIn({ directory: other, port: standIn.port });
  await expect(taken).rejects.toThrow(`The S3 stand-in cannot start: port ${standIn.port} is taken`);
  await rm(other, { recursive: true, force: true });
});

test('every PUT that was answered survives SIGKILL of the server, and none is half there', async () => {
  await standIn.close();
  const program = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, '--directory', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { endpoint } = JSON.parse(String(line)) as { endpoint: string };
  const writer = plainS3Client({ endpoint, region: REGION, ...KEY });
  const answered = new Map<string, string>();
  const write = async (name: string) => {
    for (let count = 0; ; count++) {
      const body = `${name}/${count}/`.repeat(2_000);
      await writer.send(new PutObjectCommand({ Bucket: 'kept', Key: `${name}/${count}`, Body: body }));
      answered.set(`${name}/${count}`, body);
      if (answered.size === 150) child.kill('SIGKILL');
    }
  };
  const ended = once(child, 'exit');
  await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f'].map(write));
  await ended;
  writer.destroy();
  await start();
  expect(answered.size).toBeGreaterThanOrEqual(150);
  for (const [key, body] of answered) expect(await bodyOf(key), key).toBe(body);
});
