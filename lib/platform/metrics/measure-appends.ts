import { Counter, Histogram, type Registry } from 'prom-client';
import { AppendOutcomeUnknownError, type EventLog } from '@/lib/platform/event-log/event-log';

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** The log, its appends counted by outcome and timed, and what they stored. */
export function measureAppends(log: EventLog, registry: Registry): EventLog {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const appends = new Counter({
    name: 'sluice_log_appends_total',
    help: 'Appends by outcome: stored, hour_closed, key_exists, unknown (nobody knows), failed (surely not stored).',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'sluice_log_append_duration_seconds',
    help: 'How long appends took, lost replies and all.',
    buckets: SECONDS,
    registers: [registry],
  });
  const events = counter('sluice_log_appended_events_total', 'Lines that are on disk.');
  const rawBytes = counter('sluice_log_appended_raw_bytes_total', 'Bytes of those lines before compression.');
  const bytes = counter('sluice_log_appended_bytes_total', 'Bytes of those lines as they are stored.');
  const append: EventLog['append'] = async (request) => {
    const end = seconds.startTimer();
    try {
      const result = await log.append(request);
      appends.inc({ outcome: result.kind });
      if (result.kind !== 'stored') return result;
      for (const chunk of request.chunks) {
        events.inc(chunk.rows);
        rawBytes.inc(chunk.rawBytes);
        bytes.inc(chunk.body.length);
      }
      return result;
    } catch (error) {
      appends.inc({ outcome: error instanceof AppendOutcomeUnknownError ? 'unknown' : 'failed' });
      throw error;
    } finally {
      end();
    }
  };
  return {
    append,
    head: (streamId) => log.head(streamId),
    scan: (streamId, from, limitChunks) => log.scan(streamId, from, limitChunks),
    read: (streamId, lo, hi) => log.read(streamId, lo, hi),
    findIdempotency: (workspaceId, call, key) => log.findIdempotency(workspaceId, call, key),
  };
}
