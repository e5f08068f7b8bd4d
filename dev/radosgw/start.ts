import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/dev/debian/free-port';
import { libraryDirectory } from '@/dev/debian/library-directory';
import { type ProgramPlace, type RunningProgram, runProgram, startProgram } from '@/dev/debian/run-program';
import { type CephPlace, cephConf, KMS_KEY_ID } from './ceph-conf';
import { fetchRadosgw } from './fetch-radosgw';

export interface Radosgw {
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** A key id that SSE-KMS requests may name. */
  readonly kmsKeyId: string;
  /** Runs `radosgw-admin` with these arguments: keys that are removed, users that are suspended. The user is `sluice`. */
  admin(...args: string[]): Promise<void>;
  close(): Promise<void>;
}

const STEP_DEADLINE_MS = 30_000;
const READY_DEADLINE_MS = 60_000;
const USER = 'sluice';
const CAPABILITIES = ['mon', 'osd', 'mgr'].flatMap((daemon) => ['--cap', daemon, 'allow *']);

function programPlace(place: CephPlace): ProgramPlace {
  const library = libraryDirectory(place.root);
  const libraries = [
    library,
    path.join(library, 'ceph'),
    path.join(place.root, library.slice(place.root.length + 4)),
  ];
  const bin = path.join(place.root, 'usr', 'bin');
  return {
    cwd: place.directory,
    environment: {
      LD_LIBRARY_PATH: libraries.join(':'),
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      LC_ALL: 'C',
    },
  };
}

/** Writes keys, maps and the empty stores of a new cluster. */
async function initialise(place: CephPlace): Promise<void> {
  for (const folder of ['mon', 'osd', 'gateway', 'run', 'log']) {
    await mkdir(path.join(place.directory, folder), { recursive: true });
  }
  await writeFile(path.join(place.directory, 'ceph.conf'), cephConf(place));
  const options = { ...programPlace(place), deadlineMs: STEP_DEADLINE_MS };
  const run = (program: string, ...args: string[]) => runProgram(program, args, options);
  await run(
    'ceph-authtool',
    '--create-keyring',
    'keyring',
    '--gen-key',
    '-n',
    'mon.',
    '--cap',
    'mon',
    'allow *',
  );
  for (const name of ['client.admin', 'client.rgw', 'osd.0']) {
    await run('ceph-authtool', 'keyring', '--gen-key', '-n', name, ...CAPABILITIES);
  }
  const address = `[v2:127.0.0.1:${place.monitorPort}]`;
  await run('monmaptool', '--create', '--fsid', place.clusterId, '--addv', 'a', address, 'monmap');
  await run('osdmaptool', '--createsimple', '1', '--clobber', 'osdmap');
  const maps = ['--monmap', 'monmap', '--osdmap', 'osdmap', '--keyring', 'keyring'];
  await run('ceph-mon', '-c', 'ceph.conf', '-i', 'a', '--mkfs', ...maps);
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.status < 500;
  } catch {
    return false;
  }
}

async function waitUntilReady(url: string, programs: readonly RunningProgram[]): Promise<void> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  while (!(await answers(url))) {
    const dead = programs.find((program) => program.hasEnded);
    if (dead !== undefined)
      throw new Error(`${dead.name} ended: ${dead.output.trim().split('\n').at(-1) ?? ''}`);
    if (performance.now() > deadline) throw new Error(`no answer within ${READY_DEADLINE_MS / 1_000} s`);
    await sleep(50);
  }
}

async function startCluster(place: CephPlace, programs: RunningProgram[]): Promise<void> {
  const options = programPlace(place);
  const start = (program: string, ...args: string[]) => {
    programs.push(startProgram(program, ['-f', '-c', 'ceph.conf', ...args], options));
  };
  start('ceph-mon', '-i', 'a');
  const makeStore = ['-c', 'ceph.conf', '-i', '0', '--mkfs'];
  await runProgram('ceph-osd', makeStore, { ...options, deadlineMs: STEP_DEADLINE_MS });
  start('ceph-osd', '-i', '0');
  start('radosgw', '-n', 'client.rgw');
  await waitUntilReady(`http://127.0.0.1:${place.gatewayPort}/`, programs);
}

async function runAdmin(place: CephPlace, args: readonly string[]): Promise<void> {
  const client = ['-c', 'ceph.conf', '-n', 'client.rgw'];
  const options = { ...programPlace(place), deadlineMs: STEP_DEADLINE_MS };
  await runProgram('radosgw-admin', [...client, ...args], options);
}

async function createUser(
  place: CephPlace,
  keys: { accessKeyId: string; secretAccessKey: string },
): Promise<void> {
  const user = ['user', 'create', `--uid=${USER}`, `--display-name=${USER}`];
  await runAdmin(place, [...user, `--access-key=${keys.accessKeyId}`, `--secret=${keys.secretAccessKey}`]);
}

/**
 * Starts Ceph's radosgw, a real S3 server, with its data in memory, on loopback; fetches it first when it is not
 * in `cacheDirectory` (default `.sluice/cache` under the working folder). Throws an error of one line.
 */
export async function startRadosgw(options: { cacheDirectory?: string } = {}): Promise<Radosgw> {
  const root = await fetchRadosgw(path.resolve(options.cacheDirectory ?? '.sluice/cache'));
  // Ceph's admin sockets must fit the 107 bytes of a socket's path.
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-rgw-'));
  const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
  const place = { root, directory, monitorPort, gatewayPort, clusterId: randomUUID() };
  const programs: RunningProgram[] = [];
  const killAll = () => {
    for (const program of programs) void program.kill();
  };
  process.once('exit', killAll);
  const close = async () => {
    process.off('exit', killAll);
    for (const program of programs.reverse()) await program.kill();
    await rm(directory, { recursive: true, force: true });
  };
  const keys = {
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
  try {
    await initialise(place);
    await startCluster(place, programs);
    await createUser(place, keys);
    return {
      url: `http://127.0.0.1:${gatewayPort}`,
      region: 'us-east-1',
      ...keys,
      kmsKeyId: KMS_KEY_ID,
      admin: (...args) => runAdmin(place, args),
      close,
    };
  } catch (cause) {
    await close();
    const why = cause instanceof Error ? cause.message : 'unknown';
    throw new Error(`radosgw cannot be started: ${why}`, { cause });
  }
}
