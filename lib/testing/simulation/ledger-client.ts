import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { CrashPoint } from '@/workers/delivery/crash-points';
import { drawPassage, type NetworkWeather } from './passages';
import type { Core, SimulatedProcess } from './simulated-process';
import type { LedgerCall } from './world-parts';

interface LedgerClientDeps {
  readonly core: Core;
  readonly process: SimulatedProcess;
  readonly ledger: DeliveryLedger;
  readonly weather: () => NetworkWeather;
  readonly reach: (point: CrashPoint) => void;
  /** Told after each call has taken effect, before anything else happens. */
  readonly onEffect: (call: LedgerCall) => void;
}

/** Points at which a statement has been sent and nobody knows what became of it. */
const SENT_POINTS: Partial<Record<keyof DeliveryLedger, CrashPoint>> = {
  sealCut: 'seal_sent',
  releaseCut: 'release_sent',
  markAttempt: 'mark_sent',
  finishFile: 'finish_sent',
  failFile: 'fail_sent',
  commitCut: 'commit_sent',
};

/** One process's connection to the ledger: each call is one statement that may be slow, lost, or answered too late. */
export function createLedgerClient(deps: LedgerClientDeps): DeliveryLedger {
  return new Proxy(deps.ledger, {
    get: (ledger, property) => {
      const verb = property as keyof DeliveryLedger;
      const statement: unknown = ledger[verb];
      if (typeof statement !== 'function') return statement;
      return (...args: unknown[]) => send(deps, verb, args.map(asSent), statement.bind(ledger));
    },
  });
}

function send(
  { core, process, weather, reach, onEffect }: LedgerClientDeps,
  verb: keyof DeliveryLedger,
  args: readonly unknown[],
  statement: (...args: unknown[]) => Promise<unknown>,
): Promise<unknown> {
  const passage = drawPassage(core, weather(), `ledger.${verb}`);
  const answer = process.exchange(`ledger.${verb}${subjectOf(args[0])}`, passage, async () => {
    const result = await statement(...args);
    onEffect({ verb, request: args[0], result });
    return result;
  });
  const point = SENT_POINTS[verb];
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
