import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const GENERATED = 'generated';

/** SHA-256 over names and contents of files and folders, so a build is repeated exactly when it must be. */
export function hashSources(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, path);
  return hash.digest('hex');
}

function addPath(hash: ReturnType<typeof createHash>, path: string): void {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (name !== GENERATED && !/\.test\.tsx?$/.test(name)) addPath(hash, join(path, name));
    }
    return;
  }
  hash.update(path).update('\0').update(readFileSync(path)).update('\0');
}
