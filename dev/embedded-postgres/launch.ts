import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';

const UNSHARE_ARGS = ['--user', '--map-user=1000', '--map-group=1000'];
const UNPRIVILEGED_ID = 1000;

type Mode = 'plain' | 'unshare' | 'setuid';
let known: Mode | null = null;

// Postgres refuses to run as root. A user namespace needs no extra account and no chown, and works below
// folders that only root may enter; where namespaces are forbidden, the child drops to another uid.
function mode(): Mode {
  if (process.getuid?.() !== 0) return 'plain';
  known ??= spawnSync('unshare', [...UNSHARE_ARGS, 'true']).status === 0 ? 'unshare' : 'setuid';
  return known;
}

/** Starts a Postgres program as a user that Postgres accepts, in a process group of its own. */
export function launch(program: string, args: readonly string[], dataDirectory: string): ChildProcess {
  const options = {
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { NODE_ENV: 'production' as const, PATH: process.env.PATH ?? '', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' },
  };
  switch (mode()) {
    case 'plain':
      return spawn(program, args, options);
    case 'unshare':
      return spawn('unshare', [...UNSHARE_ARGS, program, ...args], options);
    case 'setuid':
      if (existsSync(dataDirectory)) chownSync(dataDirectory, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
      return spawn(program, args, { ...options, uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID });
  }
}
