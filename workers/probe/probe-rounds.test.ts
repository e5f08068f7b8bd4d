import { expect, test } from 'vitest';
import { createLogger } from '@/lib/platform/logger';
import type { OpenedCredential, StoreAnswer } from '@/lib/platform/object-store/object-store';
import type { DueProbe } from '@/lib/services/probe/claim-due-probes';
import { NO_CRASH_POINTS } from '@/workers/delivery/crash-points';
import { ProbeRounds } from './create-probe-service';
import type { ProbeDeps } from './probe-access';

const ROUND_MS = 5_000;
const HOUR_MS = 3_600_000;
const ROUTINGS = 12_000;
/** One in fifty. */
const isSilent = (bucket: string) => Number(bucket) % 50 === 0;

const TIMED_OUT = {
  kind: 'error',
  httpStatus: null,
  code: 'TimeoutError',
  message: '',
  requestId: null,
} as const;

function probeOf(bucket: number): DueProbe {
  const names = {
    routingId: `r${bucket}`,
    bucket: String(bucket),
    endpoint: '',
    prefix: '',
    region: 'eu-west-1',
  };
  const none = { kmsKeyArn: null, failures: 0, denials: 0, firstDenialAgoMs: 0, leftKey: null };
  return {
    ...names,
    ...none,
    probeId: bucket,
    destinationVersion: 1,
    credential: {} as DueProbe['credential'],
  };
}

test('twelve thousand quiet routings are each proven within the hour, beside stores that never answer', async () => {
  const waiting = Array.from({ length: ROUTINGS }, (_, bucket) => bucket);
  const proven = new Set<string>();
  let giveUp: (() => void)[] = [];
  let mostInHand = 0;
  const ok = <T>(value: T) => ({ kind: 'ok', value, requestId: null, httpStatus: 200 }) as const;
  const put = async (bucket: string): Promise<StoreAnswer<{ etag: string }>> => {
    if (!isSilent(bucket)) return ok({ etag: 'e' });
    await new Promise<void>((resolve) => giveUp.push(resolve));
    return TIMED_OUT;
  };
  const deps = {
    probes: {
      claimDue: async (limit: number) => waiting.splice(0, limit).map(probeOf),
      record: async (probe: DueProbe, { decision }: { decision: { kind: string } }) => {
        if (decision.kind === 'proven') proven.add(probe.bucket);
        else waiting.push(Number(probe.bucket));
      },
    },
    store: {
      putIfAbsent: ({ place }: { place: { bucket: string } }) => put(place.bucket),
      remove: async () => ok(null),
    },
    openCredential: async () => ({}) as OpenedCredential,
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    random: () => 0,
    crashPoints: NO_CRASH_POINTS,
    logger: createLogger('worker', 'silent'),
  } as unknown as ProbeDeps;
  const rounds = new ProbeRounds(deps);
  for (let atMs = 0; atMs < HOUR_MS && proven.size < ROUTINGS * 0.98; atMs += ROUND_MS) {
    await rounds.begin();
    await new Promise((resolve) => setImmediate(resolve));
    mostInHand = Math.max(mostInHand, giveUp.length);
    // Silent ones end after two rounds.
    if (atMs % (2 * ROUND_MS) === 0) for (const end of giveUp.splice(0)) end();
  }
  expect(proven.size).toBe(ROUTINGS * 0.98);
  expect(mostInHand).toBeLessThanOrEqual(200);
  for (const end of giveUp.splice(0)) end();
  giveUp = [];
  await rounds.settle();
});

test('when nobody answers anybody no more than a bounded number is in hand', async () => {
  let begun = 0;
  const release: (() => void)[] = [];
  const deps = {
    probes: {
      claimDue: async (limit: number) => Array.from({ length: limit }, (_, n) => probeOf(n)),
      record: async () => undefined,
    },
    store: {
      putIfAbsent: async () => {
        begun += 1;
        await new Promise<void>((resolve) => release.push(resolve));
        return TIMED_OUT;
      },
    },
    openCredential: async () => ({}) as OpenedCredential,
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    random: () => 0,
    crashPoints: NO_CRASH_POINTS,
    logger: createLogger('worker', 'silent'),
  } as unknown as ProbeDeps;
  const rounds = new ProbeRounds(deps);
  for (let round = 0; round < 10; round += 1) await rounds.begin();
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toBe(200);
  for (const end of release) end();
  await rounds.settle();
});
