import { describe, expect, test } from 'vitest';
import { nextHealth, type RoutingHealth } from './next-health';

const HEALTHY: RoutingHealth = { health: 'healthy', cause: null };
const BLOCKED: RoutingHealth = { health: 'blocked', cause: 'access_key_unknown' };

const DELIVERED = { kind: 'delivered', isOtherInTrouble: false, isLate: false, failed: 0, ended: 0 } as const;

describe('nextHealth', () => {
  test.each(['blocked', 'failing', 'unknown', 'idle'] as const)(
    'the next confirmed PUT clears %s',
    (health) => {
      expect(nextHealth({ health, cause: 'x' }, DELIVERED)).toEqual(HEALTHY);
    },
  );

  test('a confirmed PUT does not clear what another lane still suffers', () => {
    expect(nextHealth(BLOCKED, { ...DELIVERED, isOtherInTrouble: true })).toEqual(BLOCKED);
  });

  test('what was blocked for long is late, not fine, while it drains', () => {
    expect(nextHealth(BLOCKED, { ...DELIVERED, isLate: true })).toEqual({ health: 'late', cause: 'behind' });
  });

  test('late is cleared by freshness, not by one PUT', () => {
    const late: RoutingHealth = { health: 'late', cause: null };
    expect(nextHealth(late, DELIVERED)).toEqual(late);
  });

  test('a certain refusal blocks, a doubted one only fails', () => {
    expect(nextHealth(HEALTHY, { kind: 'blocked', cause: 'c' })).toEqual({
      health: 'blocked',
      cause: 'c',
    });
    expect(nextHealth(HEALTHY, { kind: 'doubted', cause: 'c' })).toEqual({
      health: 'failing',
      cause: 'c',
    });
  });

  test('a job that broke off fails, and does not hide that access is gone', () => {
    const news = { kind: 'broken', cause: 'internal' } as const;
    expect(nextHealth(HEALTHY, news)).toEqual({ health: 'failing', cause: 'internal' });
    expect(nextHealth(BLOCKED, news)).toEqual(BLOCKED);
  });

  test.each([
    [2, 2, 'healthy'],
    [3, 7, 'healthy'],
    [3, 6, 'failing'],
    [9, 9, 'failing'],
  ] as const)('%i failures of %i tries leave it %s', (failed, ended, health) => {
    expect(nextHealth(HEALTHY, { kind: 'failed', cause: 'c', failed, ended }).health).toBe(health);
  });

  test.each([0.5, 0.6])('a store that refuses %d of all tries is failing without a pause', (share) => {
    const window: boolean[] = [];
    let health = HEALTHY;
    const seen: string[] = [];
    for (let tried = 0, refused = 0; tried < 200; tried += 1) {
      const isRefused = refused < share * (tried + 1);
      refused += isRefused ? 1 : 0;
      window.push(isRefused);
      const recent = window.slice(-30);
      const tries = { failed: recent.filter(Boolean).length, ended: recent.length };
      health = nextHealth(
        health,
        isRefused ? { kind: 'failed', cause: 'c', ...tries } : { ...DELIVERED, ...tries },
      );
      seen.push(health.health);
    }
    const first = seen.indexOf('failing');
    expect(first).toBeLessThan(6);
    expect(new Set(seen.slice(first))).toEqual(new Set(['failing']));
  });

  test('failing ends with the confirmed PUT that brings the share below a third', () => {
    const failing: RoutingHealth = { health: 'failing', cause: 'SlowDown' };
    expect(nextHealth(failing, { ...DELIVERED, failed: 4, ended: 12 })).toEqual(failing);
    expect(nextHealth(failing, { ...DELIVERED, failed: 4, ended: 13 })).toEqual(HEALTHY);
    expect(nextHealth(failing, { ...DELIVERED, failed: 2, ended: 3 })).toEqual(HEALTHY);
  });

  test('a probe that went well ends a refusal, and says nothing else', () => {
    const proven = { kind: 'proven', isActive: true, isOtherInTrouble: false } as const;
    expect(nextHealth(BLOCKED, proven)).toEqual(HEALTHY);
    expect(nextHealth(BLOCKED, { ...proven, isActive: false }).health).toBe('unknown');
    expect(nextHealth(BLOCKED, { ...proven, isOtherInTrouble: true })).toEqual(BLOCKED);
    for (const health of ['idle', 'late', 'unknown'] as const) {
      expect(nextHealth({ health, cause: null }, proven).health).toBe(health);
    }
  });

  test('a passing fault does not turn blocked into failing', () => {
    expect(nextHealth(BLOCKED, { kind: 'failed', cause: 'c', failed: 9, ended: 9 })).toEqual(BLOCKED);
    expect(nextHealth(BLOCKED, { kind: 'doubted', cause: 'c' })).toEqual(BLOCKED);
  });
});
