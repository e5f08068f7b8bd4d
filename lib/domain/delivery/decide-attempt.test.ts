import { describe, expect, test } from 'vitest';
import { type AttemptContext, decideAfterHead, decideAfterPut } from './decide-attempt';
import { objectMetadata } from './object-metadata';

const CONTEXT: AttemptContext = { failuresBefore: 0, denialsBefore: 0, firstDenialAgoMs: 0, random: 0 };
const FILE = {
  fileId: 'f',
  streamId: 3,
  rows: 5,
  crcRaw: 255,
  lo: 0,
  hi: 1,
  kind: 'stitched',
  gzipBytes: 90,
} as const;

function refused(httpStatus: number | null, code: string) {
  return { kind: 'error', httpStatus, code } as const;
}

function found(changes: { lengthBytes?: number; metadata?: Record<string, string> } = {}) {
  const metadata = { ...objectMetadata(FILE), ...changes.metadata };
  return { kind: 'ok', value: { lengthBytes: changes.lengthBytes ?? 90, metadata, etag: '"e"' } } as const;
}

describe('decideAfterPut', () => {
  test('a success with an ETag is a delivery', () => {
    expect(decideAfterPut({ kind: 'ok', value: { etag: '"e"' } }, 90, CONTEXT)).toEqual({
      kind: 'delivered',
      how: 'put',
      outcome: 'done',
      etag: '"e"',
      gzipBytes: 90,
    });
  });

  test('412 decides nothing before HEAD has been asked', () => {
    expect(decideAfterPut(refused(412, 'PreconditionFailed'), 90, CONTEXT)).toEqual({ kind: 'look' });
  });

  test.each([
    [403, 'InvalidAccessKeyId', 'refused'],
    [409, 'ConditionalRequestConflict', 'refused'],
    [503, 'SlowDown', 'unknown'],
    [500, 'InternalError', 'unknown'],
    [400, 'RequestTimeout', 'unknown'],
    [200, 'MissingETag', 'unknown'],
    [null, 'ECONNRESET', 'unknown'],
    [null, 'TimeoutError', 'unknown'],
  ] as const)('%s %s ends the attempt as %s', (httpStatus, code, outcome) => {
    expect(decideAfterPut(refused(httpStatus, code), 90, CONTEXT)).toMatchObject({ kind: 'again', outcome });
  });

  test.each([
    [1_000, 2_000],
    [45_000, 45_000],
    [86_400_000, 120_000],
  ])(
    'a store that asks for %i ms is left alone for %i ms: no less than the back-off, and not for ever',
    (retryAfterMs, backOffMs) => {
      const busy = { ...refused(503, 'SlowDown'), retryAfterMs };
      expect(decideAfterPut(busy, 90, CONTEXT)).toMatchObject({ kind: 'again', backOffMs });
    },
  );

  test('an unambiguous refusal blocks at the first hit', () => {
    expect(decideAfterPut(refused(403, 'InvalidAccessKeyId'), 90, CONTEXT)).toMatchObject({
      kind: 'again',
      access: 'blocked',
      cause: 'access_key_unknown',
    });
  });

  test.each([
    [0, 0, 'doubted'],
    [1, 12_000, 'doubted'],
    [2, 19_999, 'doubted'],
    [2, 20_000, 'blocked'],
    [1, 60_000, 'doubted'],
    [5, 90_000, 'blocked'],
  ] as const)(
    'a bare 403 after %i others over %i ms leaves access %s',
    (denialsBefore, firstDenialAgoMs, access) => {
      const context = { ...CONTEXT, denialsBefore, firstDenialAgoMs };
      expect(decideAfterPut(refused(403, 'AccessDenied'), 90, context)).toMatchObject({ access });
    },
  );

  test('three bare refusals in a row confirm themselves within a minute', () => {
    let agoMs = 0;
    const decisions = [0, 1, 2].map((denialsBefore) => {
      const context = { ...CONTEXT, denialsBefore, firstDenialAgoMs: agoMs, random: 0.999 };
      const decision = decideAfterPut(refused(403, 'AccessDenied'), 90, context);
      agoMs += decision.kind === 'again' && denialsBefore < 2 ? decision.backOffMs : 0;
      return decision;
    });
    expect(decisions.at(-1)).toMatchObject({ access: 'blocked' });
    expect(agoMs).toBeLessThan(60_000);
  });

  test('a skewed clock is ours and says nothing about access', () => {
    const decision = decideAfterPut(refused(403, 'RequestTimeTooSkewed'), 90, CONTEXT);
    expect(decision).toMatchObject({ kind: 'again', access: 'fine', cause: 'clock_skew' });
  });

  test.each([
    ['BadDigest', 'checksum_refused'],
    ['IncompleteBody', 'body_incomplete'],
  ])('%s is tried again, and holds at the fifth failure in a row', (code, cause) => {
    const decide = (failuresBefore: number) =>
      decideAfterPut(refused(400, code), 90, { ...CONTEXT, failuresBefore });
    expect(decide(0)).toMatchObject({ kind: 'again', outcome: 'refused', access: 'fine', backOffMs: 500 });
    expect(decide(3)).toMatchObject({ kind: 'again' });
    expect(decide(4)).toEqual({ kind: 'hold', outcome: 'refused', cause });
  });

  test('an unlisted answer holds', () => {
    const decision = decideAfterPut(refused(418, 'Teapot'), 90, CONTEXT);
    expect(decision).toEqual({ kind: 'hold', outcome: 'refused', cause: 'unlisted_answer_418' });
  });
});

describe('decideAfterHead', () => {
  test('the same id, rows, CRC and length is our own earlier write', () => {
    expect(decideAfterHead(found(), FILE, CONTEXT)).toMatchObject({
      kind: 'delivered',
      how: 'own_earlier_write',
      gzipBytes: 90,
    });
  });

  test.each([
    ['file id', { metadata: { 'sluice-file': 'g' } }],
    ['rows', { metadata: { 'sluice-rows': '6' } }],
    ['CRC', { metadata: { 'sluice-crc32': '00000000' } }],
    ['length of a stitched file', { lengthBytes: 91 }],
  ])('another %s is a conflict', (_, changes) => {
    expect(decideAfterHead(found(changes), FILE, CONTEXT)).toMatchObject({ kind: 'conflict' });
  });

  test('an object without our metadata is a conflict', () => {
    const stranger = { kind: 'ok', value: { lengthBytes: 90, metadata: {}, etag: null } } as const;
    expect(decideAfterHead(stranger, FILE, CONTEXT)).toMatchObject({ kind: 'conflict' });
  });

  test('a recompressed file may have another length and records the one that lies there', () => {
    const file = { ...FILE, kind: 'recompressed' } as const;
    expect(decideAfterHead(found({ lengthBytes: 91 }), file, CONTEXT)).toMatchObject({ gzipBytes: 91 });
  });

  test('a HEAD that is not allowed blocks and names the missing right', () => {
    expect(decideAfterHead(refused(403, 'Forbidden'), FILE, CONTEXT)).toMatchObject({
      kind: 'again',
      access: 'blocked',
      cause: 'read_denied',
    });
  });

  test.each([
    [404, 'NotFound'],
    [500, 'InternalError'],
    [null, 'ECONNRESET'],
  ])('a HEAD that ends in %s %s decides nothing', (httpStatus, code) => {
    expect(decideAfterHead(refused(httpStatus, code), FILE, CONTEXT)).toMatchObject({
      kind: 'again',
      access: 'fine',
    });
  });
});
