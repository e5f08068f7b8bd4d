import type { Core, Passage } from './simulated-process';

/** How the network treats one kind of call; shares of all calls, each in [0, 1]. */
export interface NetworkWeather {
  readonly slow: number;
  /** It never gets there. */
  readonly refused: number;
  /** It takes effect, and the answer is lost. */
  readonly lost: number;
  /** The caller gives up first, and it takes effect all the same. */
  readonly late: number;
}

export const CALM: NetworkWeather = { slow: 0, refused: 0, lost: 0, late: 0 };
/** Nearly nothing gets there, and no answer back. */
export const AWAY: NetworkWeather = { slow: 0, refused: 0.92, lost: 0.04, late: 0.04 };

/** An answer that does not come; says nothing about what happened over there. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(readonly fate: 'refused' | 'lost' | 'late') {
    super(`The call was ${fate}`);
  }
}

const FAST_MS = 12;
const SLOW_MS = 4_000;
const GIVE_UP_MS = 8_000;
const LATE_MS = 9_000;

/** Draws what becomes of a call. `kind` names it among what is counted: `ledger.sealCut`. */
export function drawPassage({ prng, coverage }: Core, weather: NetworkWeather, kind: string): Passage {
  const dice = prng.next();
  const latencyMs = () => 1 + prng.below(prng.chance(weather.slow) ? SLOW_MS : FAST_MS);
  const { refused, lost, late } = weather;
  if (dice < refused) {
    coverage.count(`call.refused.${kind}`);
    const answerAfterMs = prng.chance(0.3) ? GIVE_UP_MS : latencyMs();
    return { effectAfterMs: null, answerAfterMs, lostAs: new NetworkError('refused') };
  }
  const effectAfterMs = latencyMs();
  if (dice < refused + lost) {
    coverage.count(`call.lost.${kind}`);
    const answerAfterMs = effectAfterMs + (prng.chance(0.3) ? GIVE_UP_MS : latencyMs());
    return { effectAfterMs, answerAfterMs, lostAs: new NetworkError('lost') };
  }
  if (dice < refused + lost + late) {
    coverage.count(`call.late.${kind}`);
    const answerAfterMs = latencyMs();
    const lostAs = new NetworkError('late');
    return { effectAfterMs: answerAfterMs + 1 + prng.below(LATE_MS), answerAfterMs, lostAs };
  }
  return { effectAfterMs, answerAfterMs: effectAfterMs + latencyMs(), lostAs: null };
}
