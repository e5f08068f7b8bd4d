import { z } from 'zod';
import { AppError } from '@/lib/domain/errors';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { getRouting } from '@/lib/services/routing/get';
import { patchRouting } from '@/lib/services/routing/patch';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { retrying } from '@/scripts/chaos/retrying';
import type { Stage } from '@/scripts/chaos/stage/stage';
import {
  accessKeySchema,
  type ChaosRouting,
  createChaosRouting,
  staying,
} from '@/scripts/chaos/stage/tenants';
import { type FaultKind, last, seconds } from './fault';

const BIRTHS_MAX = 3;

const pauseAndResume: FaultKind = {
  name: 'pause-and-resume',
  plan: (stage, random) => {
    const routing = random.pick(staying(stage));
    const ms = random.int(500, 20_000);
    return {
      target: `routing ${routing.name}`,
      detail: `${routing.name} for ${seconds(ms)}`,
      run: async (signal) => {
        const given = { ctx: stage.ctx, input: { routingId: routing.routingId } };
        await pauseRouting(given);
        await last(ms, signal);
        await resumeRouting(given);
      },
    };
  },
};

/** Its files go below another prefix from now on. */
const movePlace: FaultKind = {
  name: 'edit-place',
  plan: (stage, random) => {
    const routing = random.pick(staying(stage));
    const prefix = `${routing.root}moved-${random.int(1, 1_000_000)}/`;
    return {
      target: `routing ${routing.name}`,
      detail: `${routing.name} to ${prefix}`,
      run: async () => {
        const version = await readVersion(stage, routing);
        await patchRouting({
          ctx: stage.ctx,
          input: { routingId: routing.routingId, patch: { version, prefix } },
        });
      },
    };
  },
};

/** New access keys, and the old ones are gone. */
const rotateAccess: FaultKind = {
  name: 'rotate-access',
  plan: (stage, random) => {
    const routing = random.pick(staying(stage));
    return {
      // The same as a revocation of the key: the two must not be undone in each other's place.
      target: `access of ${routing.name}`,
      detail: routing.name,
      run: (signal) => rotate(stage, routing, signal),
    };
  },
};

/** Enters new access keys and, once they are in use, revokes the old ones; these stay when that takes too long. */
export async function rotate(stage: Stage, routing: ChaosRouting, signal: AbortSignal): Promise<void> {
  const keys = await stage.standIn.command('create-key', {}, accessKeySchema);
  const version = await readVersion(stage, routing);
  await enterAccess({ ctx: stage.ctx, input: { routingId: routing.routingId, version, ...keys } });
  if (!(await isAdopted(stage, routing, signal))) return;
  const old = routing.accessKeyId;
  routing.accessKeyId = keys.accessKeyId;
  await stage.standIn.whileUp(() => stage.standIn.command('revoke-key', { accessKeyId: old }, z.object({})));
}

const ADOPTION_MAX_MS = 60_000;
const WAITS = `SELECT 1 FROM destination d JOIN routing r ON r.id = d.routing_id
  WHERE d.routing_id = $1 AND d.adopted_at IS NULL AND d.dropped_at IS NULL
    AND r.lifecycle NOT IN ('disabled', 'archived')`;

/** Whether nothing waits for its check any more: faults fail it, and it is tried until they end. */
async function isAdopted(stage: Stage, { routingId }: ChaosRouting, signal: AbortSignal): Promise<boolean> {
  const endsAt = performance.now() + ADOPTION_MAX_MS;
  for (;;) {
    const { rows } = await retrying(() => stage.sql.query(WAITS, [routingId]));
    if (rows.length === 0) return true;
    if (signal.aborted || performance.now() > endsAt) return false;
    await last(500, signal);
  }
}

/** Another routing on a workspace that has been sending for a while, from the earliest event on. */
const newRouting: FaultKind = {
  name: 'new-routing',
  plan: (stage, random) => {
    const workspace = random.pick(stage.workspaces);
    const name = `born-${random.int(1, 1_000_000)}`;
    return {
      target: 'birth',
      detail: name,
      run: async () => {
        if (stage.routings.filter((routing) => routing.name.startsWith('born-')).length >= BIRTHS_MAX) return;
        const plan = { name, dataTypes: ['events', 'sync_aliases'], startFrom: 'earliest' } as const;
        stage.routings.push(await createChaosRouting(stage, workspace, plan));
      },
    };
  },
};

async function readVersion({ ctx }: Stage, { routingId }: ChaosRouting): Promise<number> {
  return (await getRouting({ ctx, input: { routingId } })).version;
}

/** Every routing that was left paused runs again. */
export async function resumeAll(stage: Stage): Promise<void> {
  const { ctx } = stage;
  for (const { routingId } of staying(stage)) {
    try {
      await resumeRouting({ ctx, input: { routingId } });
    } catch (error) {
      // It runs.
      if (!(error instanceof AppError)) throw error;
    }
  }
}

export const ROUTING_FAULTS: readonly FaultKind[] = [pauseAndResume, movePlace, rotateAccess, newRouting];
