import { expect, test } from 'vitest';
import { slowNote } from './slow-note';

const stateSince = '2026-11-22T14:00:00Z';
const after = (seconds: number) => new Date(Date.parse(stateSince) + seconds * 1_000);

test('a pause that is answered within 15 s needs no note, one that is not gets one', () => {
  const pausing = { label: 'pausing', stateSince, stuckSince: null } as const;
  expect(slowNote(pausing, after(15))).toBeNull();
  expect(slowNote(pausing, after(16))).toBe('Taking longer than usual: no writer has answered for 16 s.');
});

test('a start may wait for its first event for ever', () => {
  expect(slowNote({ label: 'starting', stateSince, stuckSince: null }, after(86_400))).toBeNull();
});

test('what is past its deadline is said to be stuck, and since when', () => {
  const stuck = { label: 'draining', stateSince, stuckSince: '2026-11-22T14:05:00Z' } as const;
  expect(slowNote(stuck, after(540))).toContain('stuck for 4 min');
});
