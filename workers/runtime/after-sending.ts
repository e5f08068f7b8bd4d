import { setImmediate as untilSent } from 'node:timers/promises';

/** What becomes of a call, with `reach` told while it is on its way and nobody knows what will. */
export async function afterSending<T>(sent: Promise<T>, reach: () => void): Promise<T> {
  // Whatever comes of it is awaited below; until then a rejection is nobody's.
  sent.catch(() => undefined);
  await untilSent();
  reach();
  return sent;
}
