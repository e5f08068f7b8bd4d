import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeFault } from '@/lib/domain/event/fault';
import { NdjsonSource } from '@/lib/domain/event/ndjson-source';
import { invalidParameters } from './collection-error';
import { EventWriter, type Receipt } from './event-writer';
import { BYTES_PER_TURN } from './limits';
import { countRefused, NO_BYTES, type Prepared } from './prepared';

const REJECTED_LISTED_MAX = 1_000;
const INVALID_PARAMETERS = 1000;

interface Rejected {
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/** `POST /v2.0/ndjson`: one event per line; the answer counts the accepted and lists the refused. */
export async function prepareNdjson(
  body: Buffer,
  receipt: Receipt,
  query: URLSearchParams,
): Promise<Prepared> {
  const type = query.get('type') ?? 'events';
  if (type !== 'events') throw invalidParameters('type must be events.');
  const source = new NdjsonSource(body);
  const writer = new EventWriter(receipt, body.length);
  const rejected: Rejected[] = [];
  let refused: Map<string, number> | null = null;
  let accepted = 0;
  let rejectedCount = 0;
  let turnEnd = BYTES_PER_TURN;
  for (let start = 0; source.next(); start = source.position) {
    const { fault } = source.reader;
    if (fault === null) {
      writer.write(source.reader, source.position - start);
      accepted += 1;
    } else {
      rejectedCount += 1;
      refused = countRefused(refused, describeFault(fault));
      if (rejected.length < REJECTED_LISTED_MAX)
        rejected.push({ line: source.faultLine(), code: INVALID_PARAMETERS, message: describeFault(fault) });
    }
    if (source.position < turnEnd) continue;
    turnEnd = source.position + BYTES_PER_TURN;
    await nextTurn();
  }
  return {
    status: 200,
    receivedAtMs: receipt.receivedAtMs,
    refused,
    parts: writer.lines().map((lines) => ({ lines, fragment: () => NO_BYTES })),
    assemble: () => Buffer.from(JSON.stringify({ accepted, rejected, rejected_count: rejectedCount })),
  };
}
