import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import { type BesideWorld, comparableProbe, nameOfMarker } from './beside-world';

export function createMemoryBeside(ledger: MemoryLedger): BesideWorld {
  return {
    replays: ledger.replays,
    startReplay: async (replay) => ledger.startReplay(replay),
    cancelReplay: async (replayId) => ledger.cancelReplay(replayId),
    wantMarkers: async (routingId, isWanted) => ledger.wantMarkers(routingId, isWanted),
    decideMarkers: () => ledger.markers.decideMarkers(),
    claimMarker: async (deadlineMs) => {
      const claimed = await ledger.markers.claimMarker(deadlineMs);
      if (claimed === null) return null;
      const { id: _, ...marker } = claimed;
      return marker;
    },
    endMarker: async (name, end) => {
      for (const marker of ledger.markerRows())
        if (nameOfMarker(marker) === name) await ledger.markers.endMarker(marker.id, end);
    },
    claimProbes: async (limit) => {
      const due = await ledger.probes.claimDue(limit);
      return due.map(comparableProbe).sort(byRouting);
    },
    recordProbe: async (probe, ended) => {
      const [credential] = ledger.credentials();
      if (credential === undefined) return;
      const { organizationId } = ledger.workspaces()[0] ?? { organizationId: '' };
      const row = {
        ...{ kind: 'keys' as const, organizationId, routingId: probe.routingId, version: 1 },
        credentialId: credential.id,
        ...{ accessKeyIdSealed: Buffer.alloc(0), secretAccessKeySealed: Buffer.alloc(0) },
      };
      await ledger.probes.record({ ...probe, probeId: 0, credential: row }, ended);
    },
  };
}

export function byRouting(a: { routingId: string }, b: { routingId: string }): number {
  return a.routingId < b.routingId ? -1 : 1;
}
