import type { WorkerCrashPoint } from '@/workers/delivery/crash-points';
import { drawPassage, type NetworkWeather } from './passages';
import type { Core, SimulatedProcess } from './simulated-process';

export interface StatementClientDeps<Ledger extends object> {
  readonly core: Core;
  readonly process: SimulatedProcess;
  /** What its calls are counted as: `ledger.sealCut`. */
  readonly name: string;
  readonly ledger: Ledger;
  readonly weather: () => NetworkWeather;
  readonly reach: (point: WorkerCrashPoint) => void;
  /** Reached when a statement has been sent and nobody knows what became of it. */
  readonly sentPoints: Partial<Record<keyof Ledger, WorkerCrashPoint>>;
  /** Told after each call has taken effect, before anything else happens. */
  readonly onEffect: (call: { verb: keyof Ledger; request: unknown; result: unknown }) => void;
}

/** One process's connection to a ledger: each call is one statement that may be slow, lost, or answered too late. */
export function createStatementClient<Ledger extends object>(deps: StatementClientDeps<Ledger>): Ledger {
  return new Proxy(deps.ledger, {
    get: (ledger, property) => {
      const verb = property as keyof Ledger;
      const statement: unknown = ledger[verb];
      if (typeof statement !== 'function') return statement;
      return (...args: unknown[]) => send(deps, verb, args.map(asSent), statement.bind(ledger));
    },
  });
}

function send<Ledger extends object>(
  { core, process, name, weather, reach, sentPoints, onEffect }: StatementClientDeps<Ledger>,
  verb: keyof Ledger,
  args: readonly unknown[],
  statement: (...args: unknown[]) => Promise<unknown>,
): Promise<unknown> {
  const kind = `${name}.${String(verb)}`;
  const passage = drawPassage(core, weather(), kind);
  const answer = process.exchange(`${kind}${subjectOf(args[0])}`, passage, async () => {
    const result = await statement(...args);
    onEffect({ verb, request: args[0], result });
    return result;
  });
  const point = sentPoints[verb];
  if (point !== undefined) reach(point);
  return answer;
}

/** What a call is about, for the trace. */
function subjectOf(argument: unknown): string {
  if (typeof argument !== 'object' || argument === null) return ` ${String(argument)}`;
  const { lane, file, laneId, fileId } = argument as Partial<Record<string, unknown>>;
  if (laneId !== undefined) return ` lane=${String(laneId)}`;
  if (fileId !== undefined) return ` ${String(fileId)}`;
  return lane === undefined && file === undefined ? '' : subjectOf(lane ?? file);
}

/** A statement carries what its arguments were when it was sent. */
function asSent(argument: unknown): unknown {
  if (typeof argument !== 'object' || argument === null || !('attemptIds' in argument)) return argument;
  const { attemptIds } = argument;
  return { ...argument, attemptIds: attemptIds instanceof Set ? [...attemptIds] : attemptIds };
}
