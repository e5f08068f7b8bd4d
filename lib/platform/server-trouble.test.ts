import pg from 'pg';
import { expect, test } from 'vitest';
import { isServerTrouble } from './server-trouble';

function withCode(code: string): Error {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code });
}

test.each(['53100', '53200', '58030', 'XX000', 'XX001', '25006'])('%s is trouble of the server', (code) => {
  expect(isServerTrouble(withCode(code))).toBe(true);
});

test.each(['22P05', '23505', '25P02', '42703', 'P0001'])('%s is not', (code) => {
  expect(isServerTrouble(withCode(code))).toBe(false);
});

test('what does not come from the server is not', () => {
  expect(isServerTrouble(Object.assign(new Error('full'), { code: '53100' }))).toBe(false);
});
