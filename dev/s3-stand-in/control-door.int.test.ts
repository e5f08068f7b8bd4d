import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainS3Client } from '@/lib/testing/object-store';
import { type S3StandIn, startS3StandIn } from './start';

const TOKEN = 'a-token-of-this-suite';
let directory: string;
let standIn: S3StandIn;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sluice-s3-'));
  standIn = await startS3StandIn({ directory, controlToken: TOKEN, syncToDisk: false, buckets: ['door'] });
});
afterAll(async () => {
  await standIn.close();
  await rm(directory, { recursive: true, force: true });
});

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Over node:http, because fetch forbids a Host of one's own. */
function send(command: string, sent: Sent = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: standIn.port,
        path: `/_control/${command}`,
        method: sent.method ?? 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, ...sent.headers },
        timeout: 10_000,
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent.body);
  });
}

function command(name: string, body: unknown): ReturnType<typeof send> {
  return send(name, { body: JSON.stringify(body) });
}

test.each([
  ['no token', { authorization: '' }, 401],
  ['a wrong token', { authorization: 'Bearer something-else' }, 401],
  ['another Host', { host: 'evil.example' }, 403],
  ['a browser’s Origin', { origin: 'http://127.0.0.1:3000' }, 403],
])('with %s the door stays shut', async (_, headers, status) => {
  const answer = await send('create-bucket', { headers, body: JSON.stringify({ name: 'sneaky' }) });
  expect(answer.status).toBe(status);
  expect((await command('put-foreign-object', { bucket: 'sneaky', key: 'k' })).status).not.toBe(200);
});

test('without a token there is no door at all', async () => {
  const other = await mkdtemp(path.join(tmpdir(), 'sluice-s3-'));
  const closed = await startS3StandIn({ directory: other, syncToDisk: false });
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(`${closed.url}/_control/list-faults`, { method: 'POST', body: '{}', signal });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('AccessDenied');
  await closed.close();
  await rm(other, { recursive: true, force: true });
});

test('a wrong body names the field, an unknown command lists the known ones', async () => {
  const wrong = await command('create-bucket', { name: 'UPPER' });
  expect(wrong).toMatchObject({ status: 400, body: { error: expect.stringContaining('name') } });
  expect(await send('create-bucket', { body: '{' })).toMatchObject({ status: 400 });
  const unknown = await command('explode', {});
  expect(unknown.status).toBe(404);
  expect(unknown.body.commands).toContain('add-fault');
  expect((await send('list-faults', { method: 'GET' })).status).toBe(405);
});

test('a key made at the door works, is revoked and restored there', async () => {
  const made = await command('create-key', { grants: [{ actions: ['s3:PutObject'], bucket: 'door' }] });
  const { accessKeyId, secretAccessKey } = made.body as { accessKeyId: string; secretAccessKey: string };
  const client = plainS3Client({ endpoint: standIn.url, region: 'us-east-1', accessKeyId, secretAccessKey });
  const put = () => client.send(new PutObjectCommand({ Bucket: 'door', Key: 'k', Body: 'x' }));
  await put();
  expect((await command('revoke-key', { accessKeyId })).status).toBe(200);
  await expect(put()).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  expect((await command('restore-key', { accessKeyId })).status).toBe(200);
  await put();
  expect(await command('revoke-key', { accessKeyId: 'AKIANOBODY' })).toMatchObject({ status: 409 });
  client.destroy();
});

test('every command of the door acts as its in-process counterpart', async () => {
  const key = await standIn.control.createKey();
  const client = plainS3Client({ endpoint: standIn.url, region: 'eu-north-1', ...key });
  const put = (extra = {}) =>
    client.send(new PutObjectCommand({ Bucket: 'far-away', Key: 'k', Body: 'x', ...extra }));
  expect((await command('create-bucket', { name: 'far-away' })).body).toMatchObject({ region: 'us-east-1' });
  await command('set-bucket-region', { name: 'far-away', region: 'eu-north-1' });
  await put();
  const denial = await command('deny', { action: 's3:Put*', bucket: 'far-away' });
  await expect(put()).rejects.toMatchObject({ name: 'AccessDenied' });
  await command('allow', denial.body);
  await command('set-kms-key', { kmsKeyId: 'my-key', disabled: true });
  const encrypted = put({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'my-key' });
  await expect(encrypted).rejects.toMatchObject({ name: 'KMS.DisabledException' });
  const fault = await command('add-fault', { effect: { kind: 'answer', status: 503, code: 'SlowDown' } });
  await expect(put()).rejects.toMatchObject({ name: 'SlowDown' });
  const listed = await command('list-faults', {});
  expect(listed.body.faults).toEqual([expect.objectContaining({ ...fault.body, hits: 1, times: 1 })]);
  expect((await command('clear-faults', {})).body).toEqual({ cleared: 1 });
  await command('put-foreign-object', { bucket: 'far-away', key: 'theirs' });
  await expect(put({ Key: 'theirs', IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  const { requests } = (await command('list-requests', {})).body as { requests: { status: number }[] };
  expect(requests.at(-1)?.status).toBe(412);
  client.destroy();
});
