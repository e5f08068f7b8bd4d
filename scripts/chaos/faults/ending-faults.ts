import { z } from 'zod';
import { AppError } from '@/lib/domain/errors';
import { disableRouting } from '@/lib/services/routing/disable';
import { pauseRouting } from '@/lib/services/routing/pause';
import { retrying } from '@/scripts/chaos/retrying';
import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import { RARE_NAME, type Stage } from '@/scripts/chaos/stage/stage';
import { type ChaosRouting, type ChaosWorkspace, createChaosRouting } from '@/scripts/chaos/stage/tenants';
import { type FaultKind, last, seconds } from './fault';
import { rotate } from './routing-faults';

const REASON = 'It was born to be disabled';
/** A short drain may pass its deadline while S3 is away; a long one never does within a run. */
const DRAIN_MINUTES = [1, 30];
const LONG_DRAIN_MINUTES = 30;

interface Leaver {
  readonly name: string;
  readonly workspace: ChaosWorkspace;
  readonly eventNames: readonly string[];
  /** How long it runs. */
  readonly liveMs: number;
}

function planLeaver({ workspaces }: Stage, random: SeededRandom): Leaver {
  return {
    name: `leaver-${random.int(1, 1_000_000)}`,
    workspace: random.pick(workspaces),
    eventNames: random.chance(0.3) ? [RARE_NAME] : [],
    liveMs: random.int(0, 12_000),
  };
}

/** A new routing with everything since the run began before it: there is something left when it is disabled. */
async function bear(stage: Stage, leaver: Leaver, signal: AbortSignal): Promise<ChaosRouting> {
  const { name, workspace, eventNames, liveMs } = leaver;
  const dataTypes = ['events', 'sync_aliases'] as const;
  const plan = { name, dataTypes, eventNames, startFrom: 'earliest', isLeaver: true } as const;
  const routing = await createChaosRouting(stage, workspace, plan);
  stage.routings.push(routing);
  await last(liveMs, signal);
  return routing;
}

type Ending = { readonly mode: 'drain'; readonly drainMinutes: number } | { readonly mode: 'discard' };

/** Disables it whatever it takes; that it is so already was the answer that got lost. */
async function disable({ ctx }: Stage, routing: ChaosRouting, ending: Ending): Promise<void> {
  routing.ending ??= { askedAtMs: Date.now(), decidedAtMs: null };
  const input = { routingId: routing.routingId, reason: REASON, ...ending };
  await retrying(async () => {
    try {
      await disableRouting({ ctx, input });
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error;
    }
  });
  routing.ending.decidedAtMs ??= Date.now();
}

const drain: FaultKind = {
  name: 'drain-routing',
  plan: (stage, random) => {
    const leaver = planLeaver(stage, random);
    const drainMinutes = random.pick(DRAIN_MINUTES);
    const isPaused = random.chance(0.3);
    return {
      target: `access of ${leaver.name}`,
      detail: `${leaver.name} after ${seconds(leaver.liveMs)}, within ${drainMinutes} min${isPaused ? ', paused before' : ''}`,
      run: async (signal) => {
        const routing = await bear(stage, leaver, signal);
        if (isPaused) await pauseRouting({ ctx: stage.ctx, input: { routingId: routing.routingId } });
        await disable(stage, routing, { mode: 'drain', drainMinutes });
      },
    };
  },
};

const discard: FaultKind = {
  name: 'discard-routing',
  plan: (stage, random) => {
    const leaver = planLeaver(stage, random);
    const drainsMs = random.chance(0.4) ? random.int(0, 3_000) : null;
    return {
      target: `access of ${leaver.name}`,
      detail: `${leaver.name} after ${seconds(leaver.liveMs)}${drainsMs === null ? '' : `, draining for ${seconds(drainsMs)}`}`,
      run: async (signal) => {
        const routing = await bear(stage, leaver, signal);
        if (drainsMs !== null) {
          await disable(stage, routing, { mode: 'drain', drainMinutes: LONG_DRAIN_MINUTES });
          await last(drainsMs, signal);
        }
        await disable(stage, routing, { mode: 'discard' });
      },
    };
  },
};

/** Its key is gone before it drains: nothing moves until it is given another one. */
const giveAccessInDrain: FaultKind = {
  name: 'new-access-while-draining',
  plan: (stage, random) => {
    const leaver = planLeaver(stage, random);
    const [keylessMs, drainsMs] = [random.int(1_000, 6_000), random.int(1_000, 15_000)];
    return {
      target: `access of ${leaver.name}`,
      detail: `${leaver.name} after ${seconds(leaver.liveMs)}, new keys after ${seconds(drainsMs)}`,
      run: async (signal) => {
        const routing = await bear(stage, leaver, signal);
        const { accessKeyId } = routing;
        await stage.standIn.whileUp(() => stage.standIn.command('revoke-key', { accessKeyId }, z.object({})));
        await last(keylessMs, signal);
        await disable(stage, routing, { mode: 'drain', drainMinutes: LONG_DRAIN_MINUTES });
        await last(drainsMs, signal);
        await retrying(() => giveAccess(stage, routing, signal));
      },
    };
  },
};

async function giveAccess(stage: Stage, routing: ChaosRouting, signal: AbortSignal): Promise<void> {
  try {
    await rotate(stage, routing, signal);
  } catch (error) {
    // Nothing was left to deliver: it is disabled and takes no access any more.
    if (!(error instanceof AppError && error.code === 'PRECONDITION')) throw error;
  }
}

export const ENDING_FAULTS: readonly FaultKind[] = [drain, discard, giveAccessInDrain];
