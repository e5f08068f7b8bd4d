import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from './run-program';

const DOWNLOAD_DEADLINE_MS = 10 * 60_000;
const STEP_DEADLINE_MS = 60_000;

export interface DebianProgram {
  /** In messages, and the folder in the cache. */
  readonly name: string;
  readonly packages: readonly string[];
  /** What apt would install besides and nothing here needs. */
  readonly leftOut: RegExp;
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw cause;
  }
}

/** What apt would install for the program on this machine, by name. */
async function packageNames(
  { packages, leftOut }: DebianProgram,
  place: { cwd: string; environment: Record<string, string> },
): Promise<string[]> {
  const cache = path.join(place.cwd, 'apt');
  await mkdir(path.join(cache, 'archives', 'partial'), { recursive: true });
  const args = ['-o', `Dir::Cache=${cache}`, '-o', 'APT::Cmd::Disable-Script-Warning=1'];
  const install = ['install', '--no-install-recommends', '--print-uris', '-y', '-q=2', ...packages];
  const printed = await runProgram('apt-get', [...args, ...install], {
    ...place,
    deadlineMs: STEP_DEADLINE_MS,
  });
  return printed
    .split('\n')
    .flatMap((line) => /^'[^']+' ([^ _]+)_/.exec(line)?.[1] ?? [])
    .filter((name) => !leftOut.test(name));
}

async function unpack(program: DebianProgram, workDirectory: string, target: string): Promise<void> {
  const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  const debs = path.join(workDirectory, 'debs');
  const root = path.join(workDirectory, 'root');
  await mkdir(debs, { recursive: true });
  const names = await packageNames(program, { cwd: workDirectory, environment });
  if (names.length === 0) throw new Error('apt names no packages; run apt-get update first');
  const download = { cwd: debs, environment, deadlineMs: DOWNLOAD_DEADLINE_MS };
  await runProgram('apt-get', ['download', '-q=2', ...names], download);
  for (const file of await readdir(debs)) {
    const step = { cwd: debs, environment, deadlineMs: STEP_DEADLINE_MS };
    await runProgram('dpkg-deb', ['-x', file, root], step);
  }
  await rename(root, target);
}

async function fetchInto(program: DebianProgram, cacheDirectory: string, root: string): Promise<void> {
  await mkdir(cacheDirectory, { recursive: true });
  const workDirectory = await mkdtemp(path.join(cacheDirectory, `${program.name}-work-`));
  try {
    await unpack(program, workDirectory, root);
  } catch (cause) {
    // Two suites may fetch at once; the folder of the first serves both.
    if (!(await exists(root))) throw cause;
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}

/**
 * Unpacks a program and its libraries from Debian's packages into `cacheDirectory`, once and without root rights.
 * Returns the folder that holds `usr/`. Throws an error of one line where there is no apt or no network.
 */
export async function fetchPackages(program: DebianProgram, cacheDirectory: string): Promise<string> {
  const root = path.join(cacheDirectory, program.name);
  try {
    if (!(await exists(root))) await fetchInto(program, cacheDirectory, root);
    return root;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown';
    throw new Error(`${program.name} cannot be fetched (it needs Debian's apt-get and its mirror): ${why}`, {
      cause,
    });
  }
}
