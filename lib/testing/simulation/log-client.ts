import { type AppendAttempt, appendUntilAnswered } from '@/lib/platform/event-log/append-until-answered';
import type { AppendRequest, EventLog } from '@/lib/platform/event-log/event-log';
import type { CollectorCrashPoint } from '@/workers/collector/crash-points';
import { drawPassage, NetworkError, type NetworkWeather } from './passages';
import type { Core, SimulatedProcess } from './simulated-process';

interface LogClientDeps {
  readonly core: Core;
  readonly process: SimulatedProcess;
  readonly log: EventLog;
  readonly weather: () => NetworkWeather;
  readonly reach: (point: CollectorCrashPoint) => void;
}

const APPEND_DEADLINE_MS = 20_000;
const REPLY_TIMEOUT_MS = 8_000;
const PAGE_CHUNKS = 4;
/** The log looked at an append and said no: a full disk, say. */
const REFUSAL_SHARE = 0.3;

/** One process's connection to the event log. Appends go through the real loop that tries them again. */
export function createLogClient(deps: LogClientDeps): EventLog {
  const { core, process, log } = deps;
  const ask = <T>(verb: string, effect: () => Promise<T>) =>
    process.exchange(`log.${verb}`, drawPassage(core, deps.weather(), `log.${verb}`), effect);
  return {
    append: async (request) => {
      deps.reach('before_append');
      const result = await appendUntilAnswered(() => appendOnce(deps, request), request.appendId, {
        clock: process.clock,
        timers: process.timers,
        deadlineMs: APPEND_DEADLINE_MS,
        replyTimeoutMs: REPLY_TIMEOUT_MS,
      });
      deps.reach('after_append');
      core.coverage.count(`append.${result.kind}`);
      return result;
    },
    head: (streamId) => ask('head', () => log.head(streamId)),
    scan: (streamId, from, limitChunks) => ask('scan', () => log.scan(streamId, from, limitChunks)),
    findIdempotency: (workspaceId, call, key) =>
      ask('findIdempotency', () => log.findIdempotency(workspaceId, call, key)),
    async *read(streamId, lo, hi) {
      for (let from = lo; from <= hi; from += PAGE_CHUNKS) {
        const to = Math.min(hi, from + PAGE_CHUNKS - 1);
        yield* await ask('read', () => readPage(log, streamId, { lo: from, hi: to }));
      }
    },
  };
}

async function appendOnce(deps: LogClientDeps, request: AppendRequest): Promise<AppendAttempt> {
  const { core, process, log } = deps;
  const passage = drawPassage(core, deps.weather(), 'log.append');
  try {
    const sent = process.exchange('log.append', passage, () => log.append(request));
    deps.reach('append_sent');
    return { kind: 'answered', result: await sent };
  } catch (error) {
    if (!(error instanceof NetworkError)) return { kind: 'failed', error, retry: false };
    if (error.fate !== 'refused') return { kind: 'unknown', error };
    // What never got there was never stored; the log may also have looked at it and said no.
    return { kind: 'failed', error, retry: !core.prng.chance(REFUSAL_SHARE) };
  }
}

async function readPage(log: EventLog, streamId: number, { lo, hi }: { lo: number; hi: number }) {
  const page = [];
  for await (const chunk of log.read(streamId, lo, hi)) page.push(chunk);
  return page;
}
