import path from 'node:path';
import { fetchPackages } from '@/dev/debian/fetch-packages';
import { libraryDirectory } from '@/dev/debian/library-directory';
import { runProgram } from '@/dev/debian/run-program';

/** A Redis server that can be started, and what it needs in its environment. */
export interface RedisProgram {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

const REDIS = { name: 'redis', packages: ['redis-server'], leftOut: /^$/ };
const STEP_DEADLINE_MS = 10_000;

/**
 * The `redis-server` on PATH, else Debian's (2 MB), unpacked into `cacheDirectory` without root rights. Throws an
 * error of one line where there is neither.
 */
export async function findRedis(cacheDirectory: string): Promise<RedisProgram> {
  const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  try {
    const options = { cwd: '/', environment, deadlineMs: STEP_DEADLINE_MS };
    await runProgram('redis-server', ['--version'], options);
    return { program: 'redis-server', environment };
  } catch {
    const root = await fetchPackages(REDIS, cacheDirectory);
    const program = path.join(root, 'usr', 'bin', 'redis-server');
    return { program, environment: { ...environment, LD_LIBRARY_PATH: libraryDirectory(root) } };
  }
}
