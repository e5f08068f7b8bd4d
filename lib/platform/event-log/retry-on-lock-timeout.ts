import pg from 'pg';

const LOCK_NOT_AVAILABLE = '55P03';
const PAUSE_MS = 100;

/** True for the error of a statement that gave up waiting for a lock. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
}

/** Lets those pass who queued behind the lock that was asked for. */
export function pauseAfterLockTimeout(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

/** Runs statements that give up on locks early, again and again: others pass between two tries. */
export async function retryOnLockTimeout<T>(tries: number, run: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isLockTimeout(error) || number >= tries) throw error;
    }
    await pauseAfterLockTimeout();
  }
}
