import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import type { ErrorClass } from './view';

/** The group of a failed attempt, from what S3 answered; `code` is null where the answer had none. */
export function errorClass(attempt: {
  readonly httpStatus: number | null;
  readonly code: string | null;
}): ErrorClass {
  const { httpStatus, code } = attempt;
  // Our own doing: the worker died, or broke off.
  if (code === 'WorkerLost' || code === 'Internal') return 'other';
  const fault = classifyFault({ httpStatus, code: code ?? '' });
  switch (fault.kind) {
    case 'blocked':
    case 'denied':
      return 'access';
    case 'garbled':
      return 'network';
    case 'retry':
      if (fault.pace === 'slow_down') return 'throttled';
      return httpStatus === null || code === 'RequestTimeout' ? 'network' : 'other';
    case 'exists':
    case 'clock':
    case 'hold':
      return 'other';
  }
}
