import { describe, expect, test } from 'vitest';
import { accessKeysOf } from '@/lib/domain/destination/access-key';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { createRoutingSchema, updateRoutingSchema } from './input';

const ID = '3fdcd1cb-3a5c-4d2f-9d6c-0f3c8a3b1a11';
const settings = {
  name: 'Main site',
  endpoint: '',
  bucket: 'aurora-events',
  region: 'eu-west-1',
  prefix: 'sluice',
  kmsKeyArn: '',
  dataTypes: ['events', 'segment', 'events'],
  promiseSeconds: 300,
  flushIntervalMs: 60_000,
};
const access = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const valid = { organizationId: ID, workspaceId: ID.toUpperCase(), ...settings, ...access };

function issuesOf(schema: typeof createRoutingSchema | typeof updateRoutingSchema, input: unknown) {
  try {
    parseInput(schema, input);
  } catch (error) {
    if (error instanceof AppError) {
      return Object.fromEntries(error.issues.map(({ field, message }) => [field, message]));
    }
    throw error;
  }
  return {};
}

describe('a new routing', () => {
  test('is stored trimmed, with its slash, without a doubled type, with null for no key', () => {
    const pasted = { ...valid, name: '  Main site ', secretAccessKey: ` "${access.secretAccessKey}" ` };
    expect(parseInput(createRoutingSchema, pasted)).toEqual({
      ...valid,
      hourMarkers: false,
      accessProbe: true,
      awsAdmin: null,
      live: [],
      workspaceId: ID,
      prefix: 'sluice/',
      kmsKeyArn: null,
      dataTypes: ['events', 'segment'],
      eventNames: [],
      startFrom: 'head',
      placeBy: 'us',
      ownerAccountId: null,
      accessWays: 'any',
    });
  });

  test('may leave the key out or send null', () => {
    const { kmsKeyArn: _, ...without } = valid;
    expect(parseInput(createRoutingSchema, without).kmsKeyArn).toBeNull();
    expect(parseInput(createRoutingSchema, { ...valid, kmsKeyArn: null }).kmsKeyArn).toBeNull();
  });

  test('names every field that is missing, in sentences', () => {
    const issues = issuesOf(createRoutingSchema, {});
    expect(Object.keys(issues).sort()).toEqual(
      Object.keys(valid)
        .filter((name) => !['kmsKeyArn', 'accessKeyId', 'secretAccessKey'].includes(name))
        .sort(),
    );
    expect(Object.values(issues).filter((message) => /invalid|expected/i.test(message))).toEqual([]);
  });

  test('shows faults of one field and faults between two fields at the same time', () => {
    const issues = issuesOf(createRoutingSchema, {
      ...valid,
      name: '',
      prefix: 'aurora-events/x',
      kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666',
      flushIntervalMs: 271_000,
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    });
    expect(Object.keys(issues).sort()).toEqual([
      'accessKeyId',
      'flushIntervalMs',
      'kmsKeyArn',
      'name',
      'prefix',
    ]);
    expect(issues.flushIntervalMs).toContain('at least every 270 s');
  });

  test.each([
    [300, 270_000, true],
    [300, 270_001, false],
    [60, 30_000, true],
    [60, 30_001, false],
    [60, 5_000, true],
    [60, 4_999, false],
    [59, 5_000, false],
    [86_401, 60_000, false],
    [300, 60_000.5, false],
  ])(
    'a promise of %d s with a file every %d ms: accepted is %s',
    (promiseSeconds, flushIntervalMs, isValid) => {
      const issues = issuesOf(createRoutingSchema, { ...valid, promiseSeconds, flushIntervalMs });
      expect(Object.keys(issues).length === 0).toBe(isValid);
    },
  );

  test('takes the keys of another S3 server in its own shape', () => {
    const other = {
      endpoint: 'http://127.0.0.1:9000',
      accessKeyId: 'minio',
      secretAccessKey: 'minio-secret',
    };
    expect(issuesOf(createRoutingSchema, { ...valid, ...other })).toEqual({});
    expect(Object.keys(issuesOf(createRoutingSchema, { ...valid, ...other, endpoint: '' }))).toEqual([
      'accessKeyId',
      'secretAccessKey',
    ]);
  });

  test('repeats no secret in what it says about it', () => {
    const secretAccessKey = 'hunter2 hunter2';
    expect(JSON.stringify(issuesOf(createRoutingSchema, { ...valid, secretAccessKey }))).not.toContain(
      'hunter2',
    );
  });

  test('may come without access keys, and asks for the other where one is given', () => {
    const { accessKeyId, secretAccessKey } = access;
    for (const keys of [{}, { accessKeyId: '', secretAccessKey: ' "" ' }]) {
      const input = { organizationId: ID, workspaceId: ID, ...settings, ...keys };
      expect(accessKeysOf(parseInput(createRoutingSchema, input))).toBeNull();
    }
    const without = { organizationId: ID, workspaceId: ID, ...settings };
    expect(Object.keys(issuesOf(createRoutingSchema, { ...without, accessKeyId }))).toEqual([
      'secretAccessKey',
    ]);
    expect(Object.keys(issuesOf(createRoutingSchema, { ...without, secretAccessKey }))).toEqual([
      'accessKeyId',
    ]);
  });

  test('whose access was to be entered now asks for both keys and for the reason', () => {
    const without = { organizationId: ID, workspaceId: ID, ...settings };
    expect(Object.keys(issuesOf(createRoutingSchema, { ...without, access: 'now' }))).toEqual([
      'reason',
      'accessKeyId',
      'secretAccessKey',
    ]);
    expect(issuesOf(createRoutingSchema, { ...without, access: 'later' })).toEqual({});
    const now = { ...without, ...access, access: 'now' };
    expect(Object.keys(issuesOf(createRoutingSchema, now))).toEqual(['reason']);
    expect(issuesOf(createRoutingSchema, { ...now, reason: 'Sent by phone' })).toEqual({});
  });

  test.each([null, [], 'text', 7])('that is no object (%j) is refused without a crash', (input) => {
    expect(Object.keys(issuesOf(createRoutingSchema, input))).toEqual(['']);
  });
});

describe('an edit', () => {
  const edit = { routingId: ID, version: 3, ...settings };

  test('keeps the access when both keys are left out or empty', () => {
    for (const keys of [{}, { accessKeyId: '', secretAccessKey: ' ' }]) {
      const parsed = parseInput(updateRoutingSchema, { ...edit, ...keys });
      expect([parsed.accessKeyId, parsed.secretAccessKey]).toEqual([undefined, undefined]);
    }
  });

  test('with one key of two asks for the other', () => {
    expect(Object.keys(issuesOf(updateRoutingSchema, { ...edit, accessKeyId: access.accessKeyId }))).toEqual([
      'secretAccessKey',
    ]);
    expect(
      Object.keys(issuesOf(updateRoutingSchema, { ...edit, secretAccessKey: access.secretAccessKey })),
    ).toEqual(['accessKeyId']);
    expect(issuesOf(updateRoutingSchema, { ...edit, ...access })).toEqual({});
  });

  test('needs the version it was made on', () => {
    const { version: _, ...without } = edit;
    expect(issuesOf(updateRoutingSchema, without).version).toContain('Reload');
  });
});
