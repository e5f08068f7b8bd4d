import { mkdirSync, statfsSync } from 'node:fs';

const START_FREE_BYTES = 256_000_000;
const RUN_FREE_BYTES = 64_000_000;
const WATCH_MS = 5_000;

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function sentence(folder: string, bytes: number): string {
  const mb = Math.floor(bytes / 1_000_000);
  return `The disk is full: ${mb} MB are left for ${folder}. Free some space and start again; nothing that was accepted is lost.`;
}

/** Refuses to start where the database would soon stop in the middle of a write. */
export function requireFreeSpace(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const bytes = freeBytes(folder);
  if (bytes < START_FREE_BYTES) throw new Error(sentence(folder, bytes));
}

/** Resolves with a sentence when the disk is about to be full; until then it only looks. */
export function watchFreeSpace(folder: string): Promise<string> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const bytes = freeBytes(folder);
      if (bytes >= RUN_FREE_BYTES) return;
      clearInterval(timer);
      resolve(sentence(folder, bytes));
    }, WATCH_MS);
    timer.unref();
  });
}
