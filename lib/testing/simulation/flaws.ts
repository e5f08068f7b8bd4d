import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';

/** Ways to break what the protocol rests on, to see that the oracle notices. */
export interface Flaws {
  /** A PUT overwrites what is there. */
  readonly storeIgnoresCondition: boolean;
  /** SEAL no longer compares: whoever comes later cuts the same offsets again. */
  readonly sealWithoutCompare: boolean;
  /** A 412 counts as our own earlier write, whatever lies there. */
  readonly every412IsOurs: boolean;
  /** A replay neither looks nor asks whether something is there. */
  readonly replayOverwrites: boolean;
  /** A replay writes beside what it should fill. */
  readonly replayDoubles: boolean;
  /** Hours are marked when everything of them is sealed. */
  readonly markerAtNext: boolean;
  /** A marker leaves a file of its hour out. */
  readonly markerLeavesOut: boolean;
  /** Probes that are refused say nothing. */
  readonly probeIsSilent: boolean;
  /** What waits is shown as if it had just come. */
  readonly freshnessOfNow: boolean;
}

type Writable<Row> = { -readonly [Field in keyof Row]: Row[Field] };

/** The ledger, with the flaws that are wanted. */
export function breakLedger(ledger: MemoryLedger, flaws: Partial<Flaws>, nowMs: () => number): MemoryLedger {
  if (flaws.sealWithoutCompare === true) sealWithoutCompare(ledger);
  if (flaws.replayDoubles === true) replayDoubles(ledger);
  if (flaws.markerAtNext === true) markerAtNext(ledger);
  if (flaws.markerLeavesOut === true) markerLeavesOut(ledger);
  if (flaws.probeIsSilent === true) ledger.probes.record = async () => undefined;
  if (flaws.freshnessOfNow === true) {
    const since = ledger.pendingSinceMs;
    ledger.pendingSinceMs = (routingId) => (since(routingId) === null ? null : nowMs());
  }
  return ledger;
}

/** SEAL pretends that the lane still is where the worker saw it. */
function sealWithoutCompare(ledger: MemoryLedger): void {
  const seal = ledger.sealCut;
  ledger.sealCut = async (request) => {
    const lane = ledger.lanes().find(({ id }) => id === request.lane.laneId);
    if (lane !== undefined) {
      const row: Writable<typeof lane> = lane;
      row.next = request.lo;
      row.done = request.lo;
      row.epoch = request.lane.epoch;
    }
    return seal(request);
  };
}

function replayDoubles({ replays }: MemoryLedger): void {
  const claim = replays.claimFile;
  replays.claimFile = async (replayId, leaseMs) => {
    const claimed = await claim(replayId, leaseMs);
    return claimed === null
      ? null
      : { ...claimed, file: { ...claimed.file, key: `${claimed.file.key}.again` } };
  };
}

/** For the length of a decision everything that is sealed counts as delivered. */
function markerAtNext(ledger: MemoryLedger): void {
  const { markers } = ledger;
  const decide = markers.decideMarkers;
  markers.decideMarkers = async () => {
    const lanes = ledger.lanes().map((lane) => ({ lane, done: lane.done }));
    const open = ledger.files().filter(({ state }) => state === 'sealed');
    const cuts = ledger.cuts().filter(({ state }) => state === 'sealed');
    for (const { lane } of lanes) lane.done = lane.next;
    for (const file of open) file.state = 'delivered';
    for (const cut of cuts) cut.state = 'committed';
    const decided = decide();
    for (const { lane, done } of lanes) lane.done = done;
    for (const file of open) file.state = 'sealed';
    for (const cut of cuts) cut.state = 'sealed';
    return decided;
  };
}

function markerLeavesOut(ledger: MemoryLedger): void {
  const { markers } = ledger;
  const decide = markers.decideMarkers;
  markers.decideMarkers = async () => {
    const before = ledger.markerRows().length;
    const decided = await decide();
    for (const marker of ledger.markerRows().slice(before)) {
      const row: Writable<typeof marker> = marker;
      const said = marker.body === '' ? null : JSON.parse(marker.body);
      if (said !== null) row.body = JSON.stringify({ ...said, files: said.files.slice(1) });
    }
    return decided;
  };
}
