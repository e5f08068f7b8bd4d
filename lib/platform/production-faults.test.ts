import { expect, test } from 'vitest';
import type { ProcessKind } from '@/lib/domain/system/process';
import { DEMO_SECRET_MARK } from './demo-secret';
import { parseEnv } from './env';
import { describeProductionFaults, findProductionFaults } from './production-faults';

const SECRET = 'Zk3vQ9xW7LrT1mBn5Ys8Hd2Gf6Jp4Cu0';
const READY = {
  DATABASE_URL: 'postgresql://sluice@db.internal:5432/sluice',
  NEXTAUTH_URL: 'https://sluice.vendor.com',
  NEXTAUTH_SECRET: SECRET,
};

function faultsOf(kind: ProcessKind, settings: Readonly<Record<string, string>> = {}): string[] {
  return findProductionFaults(parseEnv({ ...READY, ...settings }), kind);
}

test.each(['web', 'collector', 'worker'] as const)('a %s with settings of its own starts', (kind) => {
  expect(faultsOf(kind)).toEqual([]);
});

test.each([
  ['web', { SLUICE_S3_ENDPOINTS: 'https://s3.vendor.com,http://127.0.0.1:9000' }, 'SLUICE_S3_ENDPOINTS'],
  ['worker', { SLUICE_S3_ENDPOINTS: 'http://localhost:9000' }, 'SLUICE_S3_ENDPOINTS'],
  ['worker', { SLUICE_S3_ENDPOINTS: 'http://[::1]:9000' }, 'SLUICE_S3_ENDPOINTS'],
  ['collector', { NODE_ENV: 'development' }, 'NODE_ENV'],
  ['collector', { SLUICE_CRASH_AT: 'before_append' }, 'SLUICE_CRASH_AT'],
  ['worker', { SLUICE_OUTBOUND_ORIGINS: 'http://10.0.0.7' }, 'SLUICE_OUTBOUND_ORIGINS'],
  ['web', { NEXTAUTH_URL: 'http://sluice.vendor.com' }, 'NEXTAUTH_URL'],
  ['web', { NEXTAUTH_SECRET: `${DEMO_SECRET_MARK}-${SECRET}` }, 'NEXTAUTH_SECRET'],
  ['web', { NEXTAUTH_SECRET: 'changeme'.repeat(5) }, 'NEXTAUTH_SECRET'],
  ['web', { SLUICE_SEAL_PUBLIC_KEY: `${DEMO_SECRET_MARK}\n-----BEGIN` }, 'SLUICE_SEAL_PUBLIC_KEY'],
  ['web', { SLUICE_SEAL_PRIVATE_KEYS: 'a key' }, 'SLUICE_SEAL_PRIVATE_KEYS'],
  ['collector', { SLUICE_SEAL_PRIVATE_KEYS: 'a key' }, 'SLUICE_SEAL_PRIVATE_KEYS'],
  ['worker', { SLUICE_SEAL_PRIVATE_KEYS: `${DEMO_SECRET_MARK}\\n-----BEGIN` }, 'SLUICE_SEAL_PRIVATE_KEYS'],
] as const)('a %s with %o is refused for %s, and started in demo mode', (kind, settings, name) => {
  const faults = faultsOf(kind, settings);
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([name]);
  expect(faultsOf(kind, { ...settings, SLUICE_MODE: 'demo' })).toEqual([]);
});

test('everything that is wrong is said at once, without a secret', () => {
  const secret = `${DEMO_SECRET_MARK}-${SECRET}`;
  const faults = faultsOf('web', {
    NEXTAUTH_URL: 'http://sluice.vendor.com',
    NEXTAUTH_SECRET: secret,
    SLUICE_SEAL_PRIVATE_KEYS: 'very private',
    SLUICE_CRASH_AT: 'after_seal',
  });
  expect(faults).toHaveLength(4);
  const said = describeProductionFaults(faults);
  for (const name of ['NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'SLUICE_SEAL_PRIVATE_KEYS', 'SLUICE_CRASH_AT'])
    expect(said).toContain(name);
  for (const hidden of [SECRET, 'very private']) expect(said).not.toContain(hidden);
});

test('a dashboard on this machine alone needs no TLS', () => {
  expect(faultsOf('web', { NEXTAUTH_URL: 'http://127.0.0.1:3000' })).toEqual([]);
});
