import { classifyFault, type StoreFault } from './classify-fault';

/** The word under which a failed try shows as a routing's cause: one of the fault table's, or the store's own code. */
export function causeOfFault(answer: StoreFault): string {
  const fault = classifyFault(answer);
  switch (fault.kind) {
    case 'blocked':
    case 'hold':
    case 'garbled':
      return fault.cause;
    case 'denied':
      return 'access_denied';
    case 'clock':
      return 'clock_skew';
    case 'exists':
    case 'retry':
      return answer.code;
  }
}
