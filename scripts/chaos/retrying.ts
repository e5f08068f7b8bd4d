import { setTimeout as pause } from 'node:timers/promises';

const TRIES = 40;
const BETWEEN_TRIES_MS = 500;

/** Runs it until it succeeds, for about 20 s: the database or the store may just be coming back. */
export async function retrying<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === TRIES) throw error;
      await pause(BETWEEN_TRIES_MS);
    }
  }
}
