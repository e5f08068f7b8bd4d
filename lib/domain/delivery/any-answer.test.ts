import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyFault, type StoreFault } from './classify-fault';
import { type AttemptContext, type AttemptDecision, decideAfterHead, decideAfterPut } from './decide-attempt';
import { FAULT_BY_CODE, FAULT_BY_STATUS } from './fault-table';
import { type FileIdentity, objectMetadata } from './object-metadata';

const FILE: FileIdentity = {
  fileId: 'f',
  streamId: 3,
  rows: 5,
  crcRaw: 255,
  lo: 0,
  hi: 1,
  kind: 'stitched',
  gzipBytes: 90,
};
const KINDS = ['exists', 'retry', 'garbled', 'blocked', 'denied', 'clock', 'hold'];

const listedCode = fc.constantFrom(...Object.keys(FAULT_BY_CODE));
const strangeCode = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', ''),
);
const answer: fc.Arbitrary<StoreFault> = fc.record({
  httpStatus: fc.option(fc.integer({ min: 100, max: 599 }), { nil: null }),
  code: fc.oneof(listedCode, strangeCode),
});
const context: fc.Arbitrary<AttemptContext> = fc.record({
  failuresBefore: fc.nat({ max: 100 }),
  denialsBefore: fc.nat({ max: 100 }),
  firstDenialAgoMs: fc.nat({ max: 1_000_000 }),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

const refusal = (fault: StoreFault) => ({ kind: 'error' as const, ...fault });
const isListed = ({ httpStatus, code }: StoreFault) =>
  Object.hasOwn(FAULT_BY_CODE, code) || (httpStatus !== null && httpStatus in FAULT_BY_STATUS);

describe('whatever a store answers', () => {
  test('it belongs to exactly one class, the same at every look; what nobody listed stands still', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const fault = classifyFault(given);
        expect(KINDS.filter((kind) => kind === fault.kind)).toHaveLength(1);
        expect(classifyFault({ ...given })).toEqual(fault);
        if (!isListed(given) && given.httpStatus !== null) {
          expect(fault).toEqual({ kind: 'hold', cause: `unlisted_answer_${given.httpStatus}` });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a PUT that was not answered with an ETag is never taken for a delivery, nor given up', () => {
    fc.assert(
      fc.property(answer, context, (given, before) => {
        const decision = decideAfterPut(refusal(given), 90, before);
        expect(['look', 'again', 'hold']).toContain(decision.kind);
        if (decision.kind !== 'look') expectSafe(decision);
        // Only what surely wrote nothing frees a file to be sealed anew elsewhere.
        const isRefusal = given.httpStatus !== null && given.httpStatus >= 300 && given.httpStatus < 500;
        if (decision.kind !== 'look' && !isRefusal) expect(decision.outcome).toBe('unknown');
      }),
      { numRuns: 1_000 },
    );
  });

  test('a HEAD that failed is never taken for "ours", for "a stranger’s", or for "not there"', () => {
    fc.assert(
      fc.property(answer, context, (given, before) => {
        const decision = decideAfterHead(refusal(given), FILE, before);
        expect(['again', 'hold']).toContain(decision.kind);
        expectSafe(decision);
      }),
      { numRuns: 1_000 },
    );
  });

  test('an object that is there is ours by all of our marks, or a conflict: never sent over', () => {
    const own = objectMetadata(FILE);
    const value = (name: string) => fc.oneof(fc.constant(own[name]), fc.string(), fc.constant(undefined));
    const metadata = fc.record({
      'sluice-file': value('sluice-file'),
      'sluice-rows': value('sluice-rows'),
      'sluice-crc32': value('sluice-crc32'),
    });
    const lengthBytes = fc.oneof(fc.constant(FILE.gzipBytes), fc.nat());
    fc.assert(
      fc.property(metadata, lengthBytes, context, (marks, length, before) => {
        const given = Object.entries(marks).filter((pair): pair is [string, string] => pair[1] !== undefined);
        const found = { lengthBytes: length, metadata: Object.fromEntries(given), etag: null };
        const decision = decideAfterHead({ kind: 'ok', value: found }, FILE, before);
        const isOurs =
          length === FILE.gzipBytes && Object.entries(marks).every(([name, mark]) => mark === own[name]);
        expect(decision.kind).toBe(isOurs ? 'delivered' : 'conflict');
      }),
      { numRuns: 1_000 },
    );
  });
});

/** The same file again after a while, or standing still under a name: nothing else may follow from a failure. */
function expectSafe(decision: AttemptDecision): void {
  if (decision.kind === 'again') {
    expect(decision.backOffMs).toBeGreaterThan(0);
    expect(decision.backOffMs).toBeLessThanOrEqual(120_000);
    return;
  }
  expect(decision.kind).toBe('hold');
  if (decision.kind === 'hold') expect(decision.cause).not.toBe('');
}
