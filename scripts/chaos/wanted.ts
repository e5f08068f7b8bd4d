import type { SentMark } from './load/send-record';
import type { ChaosRouting } from './stage/tenants';

/** Whether a routing has to deliver such a line. */
export function isWanted(
  routing: ChaosRouting,
  { type, eventName }: Pick<SentMark, 'type' | 'eventName'>,
): boolean {
  if (!routing.dataTypes.includes(type)) return false;
  return type !== 'events' || routing.eventNames.length === 0 || routing.eventNames.includes(eventName);
}
