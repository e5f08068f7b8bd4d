import type { TcpFault } from '@/dev/tcp-fault-proxy/tcp-fault';
import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { Stage } from '@/scripts/chaos/stage/stage';
import { type FaultKind, last, type PlannedFault, seconds } from './fault';

const DIRECTIONS = ['to-target', 'to-client'] as const;

function network(name: string, faultOf: (random: SeededRandom) => TcpFault): FaultKind {
  return {
    name,
    plan: (stage, random) => {
      const fault = faultOf(random);
      return onLink(stage, random, fault);
    },
  };
}

function onLink(stage: Stage, random: SeededRandom, fault: TcpFault): PlannedFault {
  const { name, proxy } = random.pick(stage.network.links);
  const ms = random.int(1_000, 15_000);
  return {
    target: name,
    detail: `${name} for ${seconds(ms)} ${JSON.stringify(fault)}`,
    run: async (signal) => {
      proxy.setFault(fault);
      await last(ms, signal);
      proxy.setFault({});
    },
  };
}

const cut: FaultKind = {
  name: 'network-reset',
  plan: (stage, random) => {
    const { name, proxy } = random.pick(stage.network.links);
    return { target: name, detail: name, run: async () => proxy.cutAll() };
  },
};

export const NETWORK_FAULTS: readonly FaultKind[] = [
  cut,
  network('network-refused', () => ({ refuse: true })),
  network('network-black-hole', () => ({ blackHole: true })),
  network('network-one-direction', (random) => ({ blackHole: random.pick(DIRECTIONS) })),
  network('network-slow', (random) => ({
    latencyMs: random.int(50, 800),
    bytesPerSecond: random.int(20_000, 500_000),
  })),
  network('network-cut-in-the-middle', (random) => ({
    cutAfter: { direction: random.pick(DIRECTIONS), bytes: random.int(0, 20_000) },
  })),
];
