import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { ProductProcess } from '@/scripts/chaos/stage/product-process';
import type { Stage } from '@/scripts/chaos/stage/stage';
import { collectorCrashPointSchema } from '@/workers/collector/crash-points';
import {
  crashPointSchema,
  markerCrashPointSchema,
  probeCrashPointSchema,
  replayCrashPointSchema,
} from '@/workers/delivery/crash-points';
import { CHORE_NAMES } from '@/workers/delivery/housekeeping';
import { type FaultKind, last, seconds } from './fault';

type Choose = (stage: Stage, random: SeededRandom) => ProductProcess;

const aWorker: Choose = (stage, random) => random.pick(stage.workers);
const aCollector: Choose = (stage, random) => random.pick(stage.collectors);

function kill(name: string, choose: Choose): FaultKind {
  return {
    name,
    plan: (stage, random) => {
      const victim = choose(stage, random);
      return { target: victim.name, detail: victim.name, run: async () => victim.signal('SIGKILL') };
    },
  };
}

function freeze(name: string, choose: Choose): FaultKind {
  return {
    name,
    plan: (stage, random) => {
      const victim = choose(stage, random);
      const ms = random.int(1_000, 40_000);
      return {
        target: victim.name,
        detail: `${victim.name} for ${seconds(ms)}`,
        run: async (signal) => {
          victim.signal('SIGSTOP');
          await last(ms, signal);
          victim.signal('SIGCONT');
        },
      };
    },
  };
}

function restart(name: string, choose: Choose): FaultKind {
  return {
    name,
    plan: (stage, random) => {
      const victim = choose(stage, random);
      return { target: victim.name, detail: victim.name, run: () => victim.restart() };
    },
  };
}

/** One that kills itself at a point, at the first to fifth time that it gets there. */
function crashAt(name: string, choose: Choose, points: readonly string[]): FaultKind {
  return {
    name,
    plan: (stage, random) => {
      const victim = choose(stage, random);
      const point = `${random.pick(points)}:${random.int(1, 5)}`;
      return {
        target: victim.name,
        detail: `${victim.name} at ${point}`,
        run: () => victim.restart({ SLUICE_CRASH_AT: point }),
      };
    },
  };
}

const POINTS_BESIDE = [
  ...replayCrashPointSchema.options,
  ...markerCrashPointSchema.options,
  ...probeCrashPointSchema.options,
];
const POINTS_OF_CHORES = CHORE_NAMES.flatMap((name) =>
  ['before', 'sent', 'after'].map((when) => `chore.${name}.${when}`),
);

export const PROCESS_FAULTS: readonly FaultKind[] = [
  kill('kill-worker', aWorker),
  kill('kill-collector', aCollector),
  freeze('freeze-worker', aWorker),
  freeze('freeze-collector', aCollector),
  restart('terminate-worker', aWorker),
  restart('terminate-collector', aCollector),
  crashAt('crash-point', aWorker, crashPointSchema.options),
  crashAt('crash-point-beside', aWorker, POINTS_BESIDE),
  crashAt('crash-point-of-chore', aWorker, POINTS_OF_CHORES),
  crashAt('crash-point-of-collector', aCollector, collectorCrashPointSchema.options),
];
