import { AppError } from '@/lib/domain/errors';
import type { EventReader } from './event-reader';
import { describeFault, type EventFault } from './fault';

/** The events of one request body, one at a time. */
export interface EventSource {
  readonly reader: EventReader;
  /** Bytes read so far. */
  readonly position: number;
  /** Moves to the next event, refused ones included; false at the end. Throws when the whole body is refused. */
  next(): boolean;
  /** The line, counted from 1, of the fault of the event just read. */
  faultLine(): number;
}

/** VALIDATION for a body of which nothing can be taken; the issue's field names the line. */
export function bodyFault(fault: EventFault, line: number): AppError {
  return bodyError(describeFault(fault), line);
}

export function bodyError(message: string, line: number): AppError {
  return new AppError('VALIDATION', message, { issues: [{ field: `line ${line}`, message }] });
}
