import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const GENERATED = join('lib', 'platform', 'db', 'generated');

/** A copy of the project as it is on disk, with the same packages; returns its path. Nothing here is ever changed. */
export function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'sluice-mutate-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of listed.split('\0').filter((each) => each !== '')) {
    if (existsSync(file)) cpSync(file, join(copy, file));
  }
  cpSync(GENERATED, join(copy, GENERATED), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  return copy;
}
