import { setImmediate as nextTurn } from 'node:timers/promises';
import { describeFault } from '@/lib/domain/event/fault';
import { BatchSource } from '@/lib/domain/event/json-source';
import { errorObject, invalidParameters } from './collection-error';
import { EventWriter, type Receipt } from './event-writer';
import { BYTES_PER_TURN } from './limits';
import { countRefused, type Prepared, type PreparedPart } from './prepared';

/** JSON of one event's result, given the receipt time. */
type Result = (time: string) => string;

/** `POST /v2.0/batch/events`: an array of events; the answer has one entry per event, in order. */
export async function prepareBatch(body: Buffer, receipt: Receipt): Promise<Prepared> {
  const source = new BatchSource(body);
  const writer = new EventWriter(receipt, body.length);
  const results: Result[][] = [[]];
  let refused: Map<string, number> | null = null;
  let turnEnd = BYTES_PER_TURN;
  for (let start = 0; source.next(); start = source.position) {
    const { fault } = source.reader;
    if (fault === null) {
      const eventId = writer.write(source.reader, source.position - start);
      results[writer.partIndex] ??= [];
      results[writer.partIndex]?.push((time) => `{"code":200,"body":{"id":"${eventId}","time":"${time}"}}`);
    } else {
      const sentence = describeFault(fault);
      refused = countRefused(refused, sentence);
      const refusal = refusalOf(`line ${source.faultLine()}: ${sentence}`);
      results[writer.partIndex]?.push(() => refusal);
    }
    if (source.position < turnEnd) continue;
    turnEnd = source.position + BYTES_PER_TURN;
    await nextTurn();
  }
  const parts: PreparedPart[] = writer.lines().map((lines, index) => ({
    lines,
    fragment: (time) => Buffer.from((results[index] ?? []).map((result) => result(time)).join(',')),
  }));
  return {
    status: 200,
    receivedAtMs: receipt.receivedAtMs,
    refused,
    parts,
    assemble: (fragments) => Buffer.from(`[${fragments.map(String).filter(Boolean).join(',')}]`),
  };
}

function refusalOf(reason: string): string {
  const error = invalidParameters(reason);
  return JSON.stringify({ code: error.httpStatus, body: { error: errorObject(error) } });
}
