import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';

/** Ways to break what the protocol rests on, to see that the oracle notices. */
export interface Flaws {
  /** A PUT overwrites what is there. */
  readonly storeIgnoresCondition: boolean;
  /** SEAL no longer compares: whoever comes later cuts the same offsets again. */
  readonly sealWithoutCompare: boolean;
  /** A 412 counts as our own earlier write, whatever lies there. */
  readonly every412IsOurs: boolean;
}

/** The ledger, or one whose SEAL pretends that the lane still is where the worker saw it. */
export function breakLedger(ledger: MemoryLedger, { sealWithoutCompare }: Partial<Flaws>): MemoryLedger {
  if (sealWithoutCompare !== true) return ledger;
  const seal = ledger.sealCut;
  ledger.sealCut = async (request) => {
    const lane = ledger.lanes().find(({ id }) => id === request.lane.laneId);
    if (lane !== undefined) {
      const row = lane as { -readonly [Field in keyof typeof lane]: (typeof lane)[Field] };
      row.next = request.lo;
      row.done = request.lo;
      row.epoch = request.lane.epoch;
    }
    return seal(request);
  };
  return ledger;
}
