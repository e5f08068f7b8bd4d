import { z } from 'zod';
import type { FaultInput } from '@/dev/s3-stand-in/control/faults';
import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { StandInProcess } from '@/scripts/chaos/stage/stand-in';
import { KMS_KEY_ARN } from '@/scripts/chaos/stage/tenants';
import { type FaultKind, last, type PlannedFault, seconds } from './fault';

type Effect = FaultInput['effect'];

const none = z.object({});
const armed = z.object({ faultId: z.string() });
const denied = z.object({ denialId: z.string() });

/** S3 misbehaves towards one routing's files for a while. */
function answering(name: string, effectOf: (random: SeededRandom) => Effect): FaultKind {
  return {
    name,
    plan: ({ standIn, routings }, random) => {
      const { root, name: routing } = random.pick(routings);
      const operation = random.chance(0.75) ? ('PutObject' as const) : ('HeadObject' as const);
      const times = random.int(1, 6);
      const ms = random.int(2_000, 20_000);
      const fault: FaultInput = { match: { operation, prefix: root }, times, effect: effectOf(random) };
      return lasting(standIn, {
        target: `s3 of ${routing}`,
        detail: `${routing} for ${seconds(ms)} ${JSON.stringify(fault)}`,
        ms,
        begin: async () => {
          const { faultId } = await standIn.command('add-fault', fault, armed);
          return () => standIn.command('clear-faults', { faultId }, none);
        },
      });
    },
  };
}

interface Lasting {
  readonly target: string;
  readonly detail: string;
  readonly ms: number;
  /** Resolves with what ends it. */
  readonly begin: () => Promise<() => Promise<unknown>>;
}

function lasting(standIn: StandInProcess, { target, detail, ms, begin }: Lasting): PlannedFault {
  return {
    target,
    detail,
    // It may just have been killed: what is done to it, and undone, waits until it is back.
    run: async (signal) => {
      const end = await standIn.whileUp(begin);
      await last(ms, signal);
      await standIn.whileUp(end);
    },
  };
}

const denyPermission: FaultKind = {
  name: 's3-permission-denied',
  plan: ({ standIn, routings }, random) => {
    const { name, root } = random.pick(routings);
    const action = random.pick(['s3:PutObject', 's3:GetObject', 's3:*']);
    const ms = random.int(3_000, 30_000);
    return lasting(standIn, {
      target: `access of ${name}`,
      detail: `${action} of ${name} for ${seconds(ms)}`,
      ms,
      begin: async () => {
        const { denialId } = await standIn.command('deny', { action, prefix: root }, denied);
        return () => standIn.command('allow', { denialId }, none);
      },
    });
  },
};

const revokeKey: FaultKind = {
  name: 's3-key-revoked',
  plan: ({ standIn, routings }, random) => {
    const routing = random.pick(routings);
    const ms = random.int(3_000, 30_000);
    return lasting(standIn, {
      target: `access of ${routing.name}`,
      detail: `${routing.name} for ${seconds(ms)}`,
      ms,
      begin: async () => {
        const { accessKeyId } = routing;
        await standIn.command('revoke-key', { accessKeyId }, none);
        return () => standIn.command('restore-key', { accessKeyId }, none);
      },
    });
  },
};

const disableKms: FaultKind = {
  name: 'kms-disabled',
  plan: ({ standIn }, random) => {
    const ms = random.int(3_000, 20_000);
    const set = (disabled: boolean) =>
      standIn.command('set-kms-key', { kmsKeyId: KMS_KEY_ARN, disabled }, none);
    return lasting(standIn, {
      target: 'kms',
      detail: `for ${seconds(ms)}`,
      ms,
      begin: async () => {
        await set(true);
        return () => set(false);
      },
    });
  },
};

const killStandIn: FaultKind = {
  name: 'kill-s3',
  plan: ({ standIn }, random) => {
    const ms = random.int(0, 5_000);
    return {
      target: 's3',
      detail: `for ${seconds(ms)}`,
      run: async (signal) => {
        await standIn.kill();
        await last(ms, signal);
        await standIn.startAgain();
      },
    };
  },
};

const answer = (status: number, code: string): Effect => ({ kind: 'answer', status, code });

export const STORE_FAULTS: readonly FaultKind[] = [
  answering('s3-unavailable', (random) =>
    random.pick([answer(503, 'ServiceUnavailable'), answer(500, 'InternalError'), answer(502, 'BadGateway')]),
  ),
  answering('s3-slow-down', (random) =>
    random.pick([answer(503, 'SlowDown'), answer(429, 'TooManyRequests')]),
  ),
  answering('s3-conflict', () => answer(409, 'ConditionalRequestConflict')),
  answering('s3-error-in-success', () => answer(200, 'InternalError')),
  answering('s3-reply-dropped', (random) => ({ kind: 'drop', applied: random.chance(0.7) })),
  answering('s3-hangs', (random) => ({ kind: 'hang', applied: random.chance(0.5) })),
  answering('s3-slow', (random) => ({ kind: 'slow', bytesPerSecond: random.int(2_000, 50_000) })),
  answering('s3-no-etag', () => ({ kind: 'no-etag' })),
  denyPermission,
  revokeKey,
  disableKms,
  killStandIn,
];
