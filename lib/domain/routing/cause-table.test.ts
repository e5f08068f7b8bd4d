import { describe, expect, test } from 'vitest';
import { causeOfFault } from '@/lib/domain/delivery/cause-of-fault';
import { decideAfterHead, decideAfterPut } from '@/lib/domain/delivery/decide-attempt';
import { FAULT_BY_CODE, FAULT_BY_STATUS } from '@/lib/domain/delivery/fault-table';
import type { FileIdentity } from '@/lib/domain/delivery/object-metadata';
import { causeSentence } from './cause-sentence';
import { CAUSES, causeDisplay } from './cause-table';
import { whoseMove } from './whose-move';

const CODES = Object.keys(FAULT_BY_CODE);
const STATUSES = Object.keys(FAULT_BY_STATUS).map(Number);
const FILE: FileIdentity = {
  fileId: 'f',
  streamId: 1,
  rows: 1,
  crcRaw: 0,
  lo: 0,
  hi: 0,
  kind: 'stitched',
  gzipBytes: 1,
};

/** Every cause that an answer of the fault table can lead to, first try or fifth, PUT or HEAD. */
function everyCause(): Set<string> {
  const answers = [
    ...CODES.map((code) => ({ kind: 'error', httpStatus: null, code }) as const),
    ...STATUSES.map((httpStatus) => ({ kind: 'error', httpStatus, code: 'UnknownError' }) as const),
    { kind: 'error', httpStatus: 404, code: 'UnknownError' } as const,
  ];
  const causes = answers.flatMap((answer) =>
    [0, 9].flatMap((tries) => {
      const context = { failuresBefore: tries, denialsBefore: tries, firstDenialAgoMs: 60_000, random: 0 };
      const put = decideAfterPut(answer, 1, context);
      const head = decideAfterHead(answer, FILE, context);
      return [causeOfFault(answer), ...[put, head].flatMap((one) => ('cause' in one ? [one.cause] : []))];
    }),
  );
  return new Set([...causes, 'conflict', 'chunk_missing', 'chunk_corrupt', 'internal', 'behind']);
}

describe('every cause that delivery can write', () => {
  const causes = [...everyCause()].filter((cause) => !cause.startsWith('unlisted_answer_'));

  test('is many', () => {
    expect(causes.length).toBeGreaterThan(40);
  });

  test.each(causes)('%s has an owner and a sentence of its own', (cause) => {
    expect(Object.hasOwn(CAUSES, cause), cause).toBe(true);
    expect(causeSentence(cause)).toMatch(/^[A-Z].*\.$/);
    for (const label of ['blocked', 'failing', 'late'] as const) {
      expect(['us', 'customer', 'aws']).toContain(whoseMove(label, cause));
    }
  });
});

test('a first refusal says that it is being confirmed', () => {
  expect(causeSentence('access_denied_unconfirmed')).toMatch(/^Access refused, confirming/);
  expect(whoseMove('failing', 'access_denied_unconfirmed')).toBe('us');
});

test('no sentence holds a place for a code that was not filled in', () => {
  for (const { sentence } of Object.values(CAUSES)) expect(sentence).not.toContain('%');
});

test('what nobody foresaw is quoted, a connection that failed is said to be one, and both are ours', () => {
  expect(causeDisplay('TeapotError')).toEqual({ mover: 'us', sentence: 'The store answered: TeapotError.' });
  expect(causeDisplay('unlisted_answer_418').sentence).toContain('HTTP 418');
  expect(causeDisplay('ECONNRESET').sentence).toContain('cannot be reached from here (ECONNRESET)');
  expect(causeDisplay('constructor').sentence).toBe('The store answered: constructor.');
});
