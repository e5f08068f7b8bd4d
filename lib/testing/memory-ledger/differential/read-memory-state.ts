import type { MemoryEventLog } from '@/lib/testing/memory-event-log';
import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import { ageOf, type Row, type TableState } from './world-state';

interface Memory {
  readonly ledger: MemoryLedger;
  readonly log: MemoryEventLog;
  readonly nowMs: number;
  readonly nameOfRouting: ReadonlyMap<string, string>;
}

type Named = readonly (readonly [name: string, row: Row])[];

export function readMemoryState(memory: Memory): TableState {
  const { ledger } = memory;
  const names = namesOf(memory);
  return {
    streams: Object.fromEntries(streamRows(memory)),
    routings: Object.fromEntries(routingRows(memory)),
    destinations: Object.fromEntries(destinationRows(memory)),
    lanes: Object.fromEntries(laneRows(memory, names)),
    cuts: Object.fromEntries(cutRows(memory, names)),
    files: Object.fromEntries(fileRows(memory, names)),
    attempts: Object.fromEntries(attemptRows(memory)),
    setAside: Object.fromEntries(
      ledger.setAside().map(({ cutId, hourMs, reason, rows, offsets }) => {
        const row = { rows, offsets: [...offsets].sort((a, b) => a - b) };
        return [`${names.cut(cutId)} ${hourMs} ${reason}`, row];
      }),
    ),
    gaps: Object.fromEntries(
      ledger.gaps().map(({ laneId, lo, ...gap }) => [`${names.lane(laneId)} ${lo}`, gap]),
    ),
    leftOut: Object.fromEntries(
      ledger.leftOut().map(({ laneId, lo, hi }) => [`${names.lane(laneId)} ${lo} ${hi}`, {}]),
    ),
  };
}

/** What rows are called in both worlds. */
export function namesOf({ ledger, nameOfRouting }: Memory) {
  const types = new Map(ledger.streams().map(({ id, type }) => [id, type]));
  const lanes = new Map(
    ledger.lanes().map((lane) => {
      return [lane.id, `${nameOfRouting.get(lane.routingId)}/${types.get(lane.streamId)}`];
    }),
  );
  const cuts = new Map(ledger.cuts().map(({ id, laneId, lo }) => [id, `${lanes.get(laneId)}@${lo}`]));
  return {
    lane: (id: number) => lanes.get(id) ?? '?',
    cut: (id: number) => cuts.get(id) ?? '?',
    lanes,
    cuts,
  };
}

function streamRows({ ledger, log }: Memory): Named {
  return ledger.streams().map(({ id, type }) => {
    const { nextOffset: head, closedThroughMs } = log.headOf(id);
    return [type, { head, closedThroughMs: Number.isFinite(closedThroughMs) ? closedThroughMs : null }];
  });
}

function routingRows({ ledger, nameOfRouting, nowMs }: Memory): Named {
  return ledger.routings().map((routing) => {
    const { id, workspaceId, stateSinceMs, overPromiseSinceMs, drainUntilMs, ...row } = routing;
    const ages = {
      stateSince: ageOf(stateSinceMs, nowMs),
      overSince: ageOf(overPromiseSinceMs, nowMs),
      drainUntil: ageOf(drainUntilMs, nowMs),
    };
    const lists = { dataTypes: [...row.dataTypes].sort(), eventNames: [...row.eventNames].sort() };
    return [nameOfRouting.get(id) ?? '?', { ...row, ...lists, ...ages }];
  });
}

function destinationRows({ ledger, nameOfRouting }: Memory): Named {
  const erased = new Set(ledger.credentials().flatMap(({ id, isErased }) => (isErased ? [id] : [])));
  return ledger.destinations().map(({ routingId, version, credentialId, ...place }) => {
    return [
      `${nameOfRouting.get(routingId)} ${version}`,
      { ...place, hasKeys: credentialId !== null && !erased.has(credentialId) },
    ];
  });
}

function laneRows({ ledger, nowMs }: Memory, names: ReturnType<typeof namesOf>): Named {
  return ledger.lanes().map((lane) => {
    const { id, routingId, streamId, pendingSinceMs, notBeforeMs, leaseUntilMs, ...row } = lane;
    const ages = {
      pendingSince: ageOf(pendingSinceMs, nowMs),
      notBefore: ageOf(notBeforeMs, nowMs),
      leaseUntil: ageOf(leaseUntilMs, nowMs),
    };
    return [names.lane(id), { ...row, ...ages }];
  });
}

function cutRows({ ledger, nowMs }: Memory, names: ReturnType<typeof namesOf>): Named {
  return ledger.cuts().map((cut) => {
    const { id, routingId, laneId, sealedAtMs, committedAtMs, doubtAcceptedAtMs, figures, ...row } = cut;
    const ages = {
      sealedAt: ageOf(sealedAtMs, nowMs),
      committedAt: ageOf(committedAtMs, nowMs),
      doubtAccepted: ageOf(doubtAcceptedAtMs, nowMs),
    };
    return [names.cut(id), { ...row, ...ages, figureRows: figures?.rows ?? null }];
  });
}

function fileRows({ ledger, nowMs }: Memory, names: ReturnType<typeof namesOf>): Named {
  return ledger.files().map((file) => {
    const { id, routingId, cutId, receivedSumMs, deliveredAtMs, ...row } = file;
    const sum = String(receivedSumMs);
    return [
      id,
      { ...row, cut: names.cut(cutId), receivedSumMs: sum, deliveredAt: ageOf(deliveredAtMs, nowMs) },
    ];
  });
}

function attemptRows({ ledger, nowMs }: Memory): Named {
  return ledger.attempts().map((attempt) => {
    const { id, routingId, fileId, number, markedAtMs, deadlineAtMs, endedAtMs, ...row } = attempt;
    const ages = {
      markedAt: ageOf(markedAtMs, nowMs),
      deadlineAt: ageOf(deadlineAtMs, nowMs),
      endedAt: ageOf(endedAtMs, nowMs),
    };
    return [`${fileId} ${number}`, { ...row, ...ages }];
  });
}
