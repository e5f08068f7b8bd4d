import { expect, test } from 'vitest';
import { FAULT_BY_CODE, FAULT_BY_STATUS } from '@/lib/domain/delivery/fault-table';
import { causeSentence } from './cause-sentence';

const SEEN_BY_PEOPLE = [
  'access_denied',
  'chunk_corrupt',
  'chunk_missing',
  'conflict',
  'internal',
  'read_denied',
];

test('every cause for which delivery stands still has a sentence of its own', () => {
  const faults = [...Object.values(FAULT_BY_CODE), ...Object.values(FAULT_BY_STATUS)];
  const causes = faults.flatMap((fault) => ('cause' in fault ? [fault.cause] : []));
  const without = [...new Set([...causes, ...SEEN_BY_PEOPLE])].filter((cause) =>
    causeSentence(cause).includes(cause),
  );
  expect(without).toEqual([]);
});

test('an answer that nobody foresaw is quoted', () => {
  expect(causeSentence('TeapotError')).toBe('The store answered: TeapotError.');
});
