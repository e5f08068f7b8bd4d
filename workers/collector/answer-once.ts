import type { EventLog } from '@/lib/platform/event-log/event-log';
import { findFirstAnswer, type KeyedRequest, type KeysInFlight } from './idempotency';
import type { Answer } from './prepared';

interface OnceDeps {
  readonly log: EventLog;
  readonly keysInFlight: KeysInFlight;
}

/** Runs `answer` unless the key was answered before; refuses a key that is being answered. */
export async function answerOnce(
  deps: OnceDeps,
  keyed: KeyedRequest | null,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  if (keyed === null) return answer();
  const leave = deps.keysInFlight.claim(keyed);
  try {
    return (await findFirstAnswer(deps.log, keyed)) ?? (await answer());
  } finally {
    leave();
  }
}
