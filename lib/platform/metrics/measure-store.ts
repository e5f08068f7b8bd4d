import { Counter, Histogram, type Registry } from 'prom-client';
import type { ObjectStore, StoreAnswer } from '@/lib/platform/object-store/object-store';

/** Seconds; from an answer next door to a large file on a slow link. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/**
 * The store, its calls counted by operation and HTTP status (`none` where no answer came) and timed. S3's own error
 * codes are no label: what a bucket answers must not decide how many series there are.
 */
export function measureStore(store: ObjectStore, registry: Registry): ObjectStore {
  const requests = new Counter({
    name: 'sluice_store_requests_total',
    help: 'Calls to customers’ buckets by operation and HTTP status; none: no answer came.',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'sluice_store_request_duration_seconds',
    help: 'How long calls to customers’ buckets took.',
    labelNames: ['operation'],
    buckets: SECONDS,
    registers: [registry],
  });
  const sentBytes = new Counter({
    name: 'sluice_store_put_bytes_total',
    help: 'Bytes of bodies that buckets took.',
    registers: [registry],
  });
  const measure = async <T>(operation: string, call: Promise<StoreAnswer<T>>): Promise<StoreAnswer<T>> => {
    const end = seconds.startTimer({ operation });
    try {
      const answer = await call;
      requests.inc({ operation, status: answer.httpStatus ?? 'none' });
      return answer;
    } finally {
      end();
    }
  };
  return {
    putIfAbsent: async (request) => {
      const answer = await measure('put', store.putIfAbsent(request));
      if (answer.kind === 'ok') sentBytes.inc(request.body.length);
      return answer;
    },
    head: (place, access, deadlineMs) => measure('head', store.head(place, access, deadlineMs)),
    list: (request) => measure('list', store.list(request)),
    remove: (place, access, deadlineMs) => measure('delete', store.remove(place, access, deadlineMs)),
    close: () => store.close(),
  };
}
