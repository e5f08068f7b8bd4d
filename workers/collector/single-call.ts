import { briefEventAnswer, eventAnswer } from '@/lib/domain/event/event-line';
import { describeFault } from '@/lib/domain/event/fault';
import { SingleSource } from '@/lib/domain/event/json-source';
import { invalidParameters } from './collection-error';
import { EventWriter, type Receipt } from './event-writer';
import { NO_BYTES, type Prepared } from './prepared';

/** `POST /v2.0/events`: one event; the answer is the event as stored, or its user and time. */
export function prepareSingle(body: Buffer, receipt: Receipt, query: URLSearchParams): Prepared {
  const source = new SingleSource(body);
  const writer = new EventWriter(receipt, body.length);
  source.next();
  const { fault } = source.reader;
  if (fault !== null) throw invalidParameters(`line ${source.faultLine()}: ${describeFault(fault)}`);
  writer.write(source.reader, body.length);
  const [lines = []] = writer.lines();
  const toAnswer = query.get('enrich') === 'false' ? briefEventAnswer : eventAnswer;
  return {
    status: 201,
    receivedAtMs: receipt.receivedAtMs,
    refused: null,
    parts: [{ lines, fragment: () => toAnswer(lines[0]?.lines.bytes ?? NO_BYTES) }],
    assemble: ([answer = NO_BYTES]) => answer,
  };
}
