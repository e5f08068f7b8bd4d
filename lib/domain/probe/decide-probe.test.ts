import { expect, test } from 'vitest';
import { decideProbe, PROBE_EVERY_MS } from './decide-probe';
import { probeKey } from './probe-key';

const FIRST = { failuresBefore: 0, denialsBefore: 0, firstDenialAgoMs: 0, random: 0 };
const error = (httpStatus: number | null, code: string) => ({ kind: 'error' as const, httpStatus, code });
const DENIED = error(403, 'AccessDenied');

test('a write, and a key that is taken already, prove the access for an hour', () => {
  const written = decideProbe({ kind: 'ok', value: { etag: 'e' } }, FIRST);
  expect(written).toMatchObject({
    kind: 'proven',
    outcome: 'done',
    isVersioned: false,
    dueInMs: PROBE_EVERY_MS,
  });
  expect(decideProbe(error(412, 'PreconditionFailed'), FIRST)).toMatchObject({
    kind: 'proven',
    outcome: 'refused',
  });
});

test('routings that fell quiet together are probed at different times', () => {
  const dueInMs = decideProbe({ kind: 'ok', value: { etag: 'e' } }, { ...FIRST, random: 0.5 }).dueInMs;
  expect(dueInMs).toBeGreaterThan(PROBE_EVERY_MS);
});

test('a certain refusal is named at the first hit', () => {
  const refused = decideProbe(error(403, 'InvalidAccessKeyId'), FIRST);
  expect(refused).toMatchObject({ kind: 'refused', cause: 'access_key_unknown', isCertain: true });
  expect(refused.dueInMs).toBeLessThanOrEqual(60_000);
});

test('a bare refusal is confirmed by the third within a minute', () => {
  const first = decideProbe(DENIED, FIRST);
  expect(first).toMatchObject({ cause: 'access_denied_unconfirmed', isCertain: false, dueInMs: 12_000 });
  const third = decideProbe(DENIED, { ...FIRST, denialsBefore: 2, firstDenialAgoMs: 24_000 });
  expect(third).toMatchObject({ cause: 'access_denied', isCertain: true });
});

test.each([error(503, 'SlowDown'), error(null, 'TimeoutError'), error(418, 'Teapot')])(
  'an answer that says nothing about access changes nothing: %j',
  (answer) => {
    expect(decideProbe(answer, FIRST)).toMatchObject({ kind: 'unclear', cause: null });
  },
);

test('a bucket that keeps versions is told by its answer', () => {
  expect(decideProbe({ kind: 'ok', value: { etag: 'e', versionId: 'v' } }, FIRST).isVersioned).toBe(true);
});

test('a probe lies under _sluice/, in one key a day', () => {
  const morning = Date.UTC(2026, 10, 22, 1);
  const key = probeKey('events/', 'r1', morning);
  expect(key).toBe('events/_sluice/access/r1/2026-11-22.txt.gz');
  expect(probeKey('events/', 'r1', morning + 3_600_000)).toBe(key);
  expect(probeKey('', 'r1', morning + 24 * 3_600_000)).toBe('_sluice/access/r1/2026-11-23.txt.gz');
});
