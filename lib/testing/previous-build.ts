import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleMain } from './worker-process';

export interface PreviousBuild {
  /** For `startWorkerProcess`. */
  readonly bundle: string;
  /** Its migrations. */
  readonly migrations: string;
}

const SOURCES = ['lib', 'workers', 'package.json', 'prisma/migrations', 'tsconfig.json'];
const LONGEST_ARCHIVE_BYTES = 256 * 1024 * 1024;

/**
 * Worker and collector of another commit, built from the repository's own history with the packages that are installed
 * now. Null, and said aloud, where the history does not have it.
 */
export async function buildCommit(commit: string): Promise<PreviousBuild | null> {
  if (!isKnown(commit)) {
    process.stdout.write(`\nDID NOT RUN beside version ${commit}: it is not in the history of this clone\n`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'sluice-previous-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const archive = join(folder, 'sources.tar');
  writeFileSync(archive, git('archive', commit, '--', ...SOURCES));
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  const bundle = await bundleMain(folder, `main-${commit.slice(0, 7)}`);
  return { bundle, migrations: join(folder, 'prisma', 'migrations') };
}

function isKnown(commit: string): boolean {
  try {
    git('cat-file', '-e', `${commit}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

function git(...args: string[]): Buffer {
  return execFileSync('git', args, {
    maxBuffer: LONGEST_ARCHIVE_BYTES,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
