import type { MarkerEnd, PendingMarker } from '@/lib/services/hour/marker-ledger';
import type { DueProbe } from '@/lib/services/probe/claim-due-probes';
import type { EndedProbe } from '@/lib/services/probe/record-probe';
import type { ReplayLedger } from '@/lib/services/replay/replay-ledger';
import type { NewReplay } from '@/lib/testing/memory-ledger/start-replay';

/** What happens beside live delivery, in one world; ids are those of the memory's world. */
export interface BesideWorld {
  readonly replays: ReplayLedger;
  startReplay(replay: NewReplay): Promise<string | null>;
  cancelReplay(replayId: string): Promise<void>;
  wantMarkers(routingId: string, isWanted: boolean): Promise<void>;
  decideMarkers(): Promise<number>;
  /** Answers with the name of the marker, as `routing type hour bucket key`. */
  claimMarker(deadlineMs: number): Promise<Omit<PendingMarker, 'id'> | null>;
  endMarker(name: string, end: MarkerEnd): Promise<void>;
  /** By the routing's id. */
  claimProbes(limit: number): Promise<readonly ClaimedProbe[]>;
  recordProbe(probe: ClaimedProbe, ended: EndedProbe): Promise<void>;
}

export type ClaimedProbe = Omit<DueProbe, 'probeId' | 'credential'>;

/** Without what is an id of one world only. */
export function comparableProbe({ probeId: _, credential: __, ...probe }: DueProbe): ClaimedProbe {
  return probe;
}

/** The file's hour, place and kind: a marker's id is another one in each world. */
export function nameOfMarker({ bucket, key }: { readonly bucket: string; readonly key: string }): string {
  return `${bucket} ${key}`;
}
