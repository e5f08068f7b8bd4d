import { MemoryEventLog } from '@/lib/testing/memory-event-log';
import { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import { createMemoryBeside } from './memory-beside';
import { readMemoryBeside } from './read-beside-state';
import { namesOf, readMemoryState } from './read-memory-state';
import type { World } from './world';

export interface MemoryWorld extends World {
  readonly ledger: MemoryLedger;
  readonly log: MemoryEventLog;
  readonly workspaceId: string;
  readonly nameOfRouting: ReadonlyMap<string, string>;
  names(): ReturnType<typeof namesOf>;
}

const HOUR_MS = 3_600_000;
/** Away from the hour's ends. */
const START_MS = Date.UTC(2026, 0, 5, 10, 20);

/** The world in memory, on a clock that only `letHoursPass` moves. */
export function createMemoryWorld(): MemoryWorld {
  let now = START_MS;
  const nowMs = () => now;
  const log = new MemoryEventLog({ nowMs });
  const ledger = new MemoryLedger({ nowMs, log });
  const workspaceId = ledger.createWorkspace();
  const nameOfRouting = new Map<string, string>();
  const memory = () => ({ ledger, log, nowMs: now, nameOfRouting });
  return {
    ledger,
    log,
    workspaceId,
    nameOfRouting,
    names: () => namesOf(memory()),
    nowMs,
    ensureStream: async (type) => ledger.ensureStream(workspaceId, type),
    createRouting: async (name, routing) => {
      const id = ledger.createRouting({ ...routing, workspaceId });
      nameOfRouting.set(id, name);
      return id;
    },
    changeState: async (routingId, wish) => {
      const verbs = { start: ledger.startRouting, pause: ledger.pauseRouting, resume: ledger.resumeRouting };
      verbs[wish](routingId);
    },
    disableRouting: async (given) => ledger.disableRouting(given),
    archiveRouting: async (given) => ledger.archiveRouting(given),
    updateRouting: async ({ keys, ...edit }) =>
      ledger.updateRouting({ ...edit, ...(keys === null ? {} : { keys }) }),
    enterAccess: async (edit) => ledger.enterAccess(edit),
    adoptNewest: async (routingId) => {
      const newest = ledger.destinations().findLast((row) => row.routingId === routingId);
      return ledger.adoptDestination({ routingId, version: newest?.version ?? 0 });
    },
    heldCuts: async (routingId) => ledger.heldCuts(routingId),
    releaseCutAnyway: async (given) => ledger.releaseCutAnyway(given),
    giveUpCut: async (given) => ledger.giveUpCut(given),
    retryHeld: async (routingId, laneId) => ledger.retryHeld(routingId, laneId),
    setRetention: async (routingId, hours) => {
      const routing = ledger.routings().find(({ id }) => id === routingId);
      if (routing !== undefined) routing.retentionHours = hours;
    },
    dispatch: async () => ledger.dispatchDueLanes(),
    chore: async (chore) => {
      const said = ledger[chore]();
      if (Array.isArray(said)) return said.length;
      return typeof said === 'number' ? said : null;
    },
    removeChunks: async (type, before) => {
      const stream = ledger.streams().find((other) => other.type === type);
      for (let offset = 0; stream !== undefined && offset < before; offset += 1)
        log.removeChunk(stream.id, offset);
    },
    addBacklog: async (laneId, bytes) => {
      const lane = ledger.lanes().find(({ id }) => id === laneId);
      if (lane !== undefined) lane.bodyBytesDone -= bytes;
    },
    letHoursPass: async (hours) => {
      now += hours * HOUR_MS;
    },
    beside: createMemoryBeside(ledger),
    readState: async () => ({ ...readMemoryState(memory()), beside: readMemoryBeside(ledger, memory()) }),
  };
}
