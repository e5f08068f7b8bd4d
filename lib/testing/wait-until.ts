import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/** Waits until `look` gives something other than null, undefined or false; fails after the deadline, saying on what. */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  deadlineMs = 30_000,
): Promise<T> {
  const endsAt = performance.now() + deadlineMs;
  while (performance.now() < endsAt) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`Waited ${deadlineMs} ms in vain until ${what}`);
}
