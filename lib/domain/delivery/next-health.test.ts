import { describe, expect, test } from 'vitest';
import { nextHealth, type RoutingHealth } from './next-health';

const HEALTHY: RoutingHealth = { health: 'healthy', cause: null };
const BLOCKED: RoutingHealth = { health: 'blocked', cause: 'access_key_unknown' };

describe('nextHealth', () => {
  test.each(['blocked', 'failing', 'unknown', 'idle'] as const)(
    'the next confirmed PUT clears %s',
    (health) => {
      expect(nextHealth({ health, cause: 'x' }, { kind: 'delivered' }, false)).toEqual(HEALTHY);
    },
  );

  test('a confirmed PUT does not clear while another lane waits for a person', () => {
    expect(nextHealth(BLOCKED, { kind: 'delivered' }, true)).toEqual(BLOCKED);
  });

  test('late is cleared by freshness, not by one PUT', () => {
    const late: RoutingHealth = { health: 'late', cause: null };
    expect(nextHealth(late, { kind: 'delivered' }, false)).toEqual(late);
  });

  test('a certain refusal blocks, a doubted one only fails', () => {
    expect(nextHealth(HEALTHY, { kind: 'blocked', cause: 'c' }, false)).toEqual({
      health: 'blocked',
      cause: 'c',
    });
    expect(nextHealth(HEALTHY, { kind: 'doubted', cause: 'c' }, false)).toEqual({
      health: 'failing',
      cause: 'c',
    });
  });

  test('a job that broke off fails, and does not hide that access is gone', () => {
    const news = { kind: 'broken', cause: 'internal' } as const;
    expect(nextHealth(HEALTHY, news, false)).toEqual({ health: 'failing', cause: 'internal' });
    expect(nextHealth(BLOCKED, news, false)).toEqual(BLOCKED);
  });

  test.each([
    [2, 2, 'healthy'],
    [3, 7, 'healthy'],
    [3, 6, 'failing'],
    [9, 9, 'failing'],
  ] as const)('%i failures of %i tries leave it %s', (failed, ended, health) => {
    expect(nextHealth(HEALTHY, { kind: 'failed', cause: 'c', failed, ended }, false).health).toBe(health);
  });

  test('a passing fault does not turn blocked into failing', () => {
    expect(nextHealth(BLOCKED, { kind: 'failed', cause: 'c', failed: 9, ended: 9 }, false)).toEqual(BLOCKED);
    expect(nextHealth(BLOCKED, { kind: 'doubted', cause: 'c' }, false)).toEqual(BLOCKED);
  });
});
